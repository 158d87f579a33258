// biome-ignore lint/performance/noBarrelFile: the public entry of the test support
export { serversOrSkip, titled } from './servers-or-skip.ts'
