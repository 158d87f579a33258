import { checkDocuments } from './check-documents.ts'
import { type ManifestFile, readManifests } from './manifest-files.ts'
import type { TrustedDocuments } from './trusted-documents.ts'

/** Reads manifests as a gateway does at its start, without one. @throws DocumentsRefused with all reasons */
export async function checkManifests(
  files: readonly ManifestFile[],
  isPerClient: boolean,
): Promise<TrustedDocuments> {
  return checkDocuments(await readManifests(files), { isPerClient })
}
