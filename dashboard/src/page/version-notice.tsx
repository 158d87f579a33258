import { useSyncExternalStore } from 'react'
import { UNKNOWN_DOCUMENT_WORDS, type UnknownDocuments } from '../graph/unknown-documents.ts'

/** Over every page: says that it and the platform do not fit together, and what to do. */
export function VersionNotice({ unknown }: { unknown: UnknownDocuments }) {
  const hasAny = useSyncExternalStore(unknown.subscribe, unknown.hasAny)
  if (!hasAny) return null
  return (
    <div className="notice" role="alert" data-testid="version-notice">
      <p>{UNKNOWN_DOCUMENT_WORDS}</p>
      <button type="button" className="button" onClick={() => window.location.reload()}>
        Load again
      </button>
    </div>
  )
}
