/** One document that its client may run. */
export interface TrustedDocument {
  /** What the client sends in its place: SHA-256 of the text as 64 hexadecimal digits, or an id of the client's own. */
  readonly id: string
  /** The document, with one operation and the fragments that it uses. */
  readonly text: string
  /** Name of the operation; null = it has none. */
  readonly name: string | null
}

/** `POST /documents`: adds the documents of a client's build. What a client published before stays until it is withdrawn. */
export interface PublishDocumentsRequest {
  /** Name that the client sends with its requests; empty = documents of nobody in particular. */
  readonly client: string
  /** Version of the client's build, for people. */
  readonly version?: string | undefined
  readonly documents: readonly TrustedDocument[]
}

/** The answer to it. All or nothing: with `refused` documents none is added (422). */
export interface PublishDocumentsAnswer {
  readonly added: number
  readonly known: number
  readonly refused: readonly { readonly id: string; readonly name: string | null; readonly reason: string }[]
}

/** `GET /documents`: all that gateways let through, with an ETag; long polls as `/supergraph` does. */
export interface DocumentsAnswer {
  readonly clients: readonly { readonly client: string; readonly documents: readonly TrustedDocument[] }[]
}

/** `GET /manifests?client=`: pages of what was published by whom, the latest first. */
export interface ManifestSummary {
  readonly id: string
  readonly client: string
  readonly version: string | null
  /** RFC 3339. */
  readonly at: string
  readonly by: string
  readonly documents: number
  readonly isWithdrawn: boolean
}
