export { type Platform, type PlatformOptions, startPlatform } from './platform.ts'
export { type Progress, silentProgress, textProgress } from './progress.ts'
