export { applyPage } from './apply-page.ts'
export type { OfflineScan } from './circumstances.ts'
export { decideOffline, noteAdmitted, type OfflineDecision } from './decide-offline.ts'
export type { Ground, GroundGate, GroundTicketType, GroundZone } from './ground.ts'
export { ManifestError } from './manifest-error.ts'
export {
  type ManifestPage,
  type ManifestTicket,
  manifestText,
  type UnsignedPage,
} from './manifest-page.ts'
export { ageMs, emptyState, isComplete, type ListedTicket, type OfflineState } from './offline-state.ts'
export { type RunningSync, type RunSyncOptions, runSync } from './run-sync.ts'
export { newScanId } from './scan-id.ts'
export { openScanQueue, type ScanQueue, type ScanQueueOptions, type ScanResult } from './scan-queue.ts'
export { type ScanStore, type SealedStore, sealedStore } from './sealed-store.ts'
export { type AskManifest, adoptManifest, syncManifest } from './sync-manifest.ts'
export type { Locks } from './take-turns.ts'
export {
  MAXIMUM_UPLOAD,
  type Upload,
  type UploadAnswer,
  type UploadReport,
  uploadWaiting,
} from './upload-waiting.ts'
export type { NewScan, WaitingScan } from './waiting-scan.ts'
