export { ManifestRefused } from './manifest-refused.ts'
export { readManifest } from './read-manifest.ts'
