export { ManifestRefused } from './manifest-refused.ts'
export { plainId } from './plain-id.ts'
export { readManifest } from './read-manifest.ts'
