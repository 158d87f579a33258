import type { TypedDocumentNode } from '@graphql-typed-document-node/core'

/** What codegen leaves of an operation: its text is not in the page, and not in any request. */
interface TrustedDocument {
  /** `sha256:` and the hash of the text that stands in schema/documents/dashboard.json. */
  documentId: string
}

export function trustedDocument<Data, Variables>(
  document: TypedDocumentNode<Data, Variables>,
): TrustedDocument {
  const meta = '__meta__' in document ? document.__meta__ : undefined
  if (!isTrusted(meta)) throw new Error('The document was not written by codegen: run `pnpm codegen`.')
  return meta
}

function isTrusted(meta: unknown): meta is TrustedDocument {
  return (
    typeof meta === 'object' && meta !== null && 'documentId' in meta && typeof meta.documentId === 'string'
  )
}
