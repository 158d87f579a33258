import { fail } from '@headcount/errors'
import { plainId } from '@headcount/manifests'
import type { Parameters } from '../../exchange.ts'

/** What a client sends in place of its document. */
export interface DocumentName {
  /** `hash`: SHA-256 of the text, hexadecimal. `id`: the client's own name for it. */
  readonly kind: 'hash' | 'id'
  readonly value: string
  /** Whether it came as Apollo's `extensions.persistedQuery`. */
  readonly isApollo: boolean
}

/** Characters of an id: one that is longer names nothing, and is not looked for. */
export const idCharacters = 256

const sha256 = /^[0-9a-f]{64}$/

/** Whether it is a SHA-256 as clients write it. */
export function isHash(text: string): boolean {
  return sha256.test(text)
}

/**
 * The document of a request, or what stands for it. Clients of Relay send `doc_id`, or `id`; beside a document `id` is
 * something else of theirs. Who names its document and must send a query too (graphql-ws, graphql-sse) sends an empty one.
 *
 * @param textOf reads a text of the request; undefined = there is none
 */
export function documentOf(
  textOf: (name: string) => string | undefined,
  extensions: unknown,
): Pick<Parameters, 'query' | 'documentId'> {
  const query = textOf('query')
  const documentId = textOf('documentId')
  if (query) return { query, documentId }
  const isApollo = isObject(extensions) && isObject(extensions.persistedQuery)
  const named = documentId ?? (isApollo ? undefined : (textOf('doc_id') ?? textOf('id')))
  return { query: named !== undefined || isApollo ? undefined : query, documentId: named }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function checkLength(name: string, value: string): void {
  if (value.length <= idCharacters) return
  throw fail(
    'BAD_REQUEST',
    `"${name}" has ${value.length} characters; an id of a document has ${idCharacters} at most.`,
  )
}

function ownName({ query }: Parameters, documentId: string): DocumentName {
  checkLength('documentId', documentId)
  const value = plainId(documentId)
  if (isHash(value)) return { kind: 'hash', value, isApollo: false }
  if (query === undefined) return { kind: 'id', value, isApollo: false }
  throw fail('BAD_REQUEST', 'There are "documentId" and "query": send the one or the other.')
}

function apolloName({ query }: Parameters, persisted: unknown): DocumentName {
  const { version, sha256Hash } = persisted as Record<string, unknown>
  if (version !== 1) throw fail('PERSISTED_QUERY_MISMATCH', '"persistedQuery.version" must be 1.')
  if (typeof sha256Hash !== 'string') throw noHash()
  checkLength('persistedQuery.sha256Hash', sha256Hash)
  if (isHash(sha256Hash)) return { kind: 'hash', value: sha256Hash, isApollo: true }
  // Apollo's manifests may have ids of their own, which its client sends in the hash's place.
  if (query === undefined) return { kind: 'id', value: sha256Hash, isApollo: true }
  throw noHash()
}

function noHash() {
  return fail(
    'PERSISTED_QUERY_MISMATCH',
    '"persistedQuery.sha256Hash" must be 64 lower-case hexadecimal digits, or the id of a trusted document alone.',
  )
}

/**
 * What a request names its document by; undefined = it sends the text alone.
 *
 * @throws GraphQLError BAD_REQUEST or PERSISTED_QUERY_MISMATCH
 */
export function nameOf(parameters: Parameters): DocumentName | undefined {
  const { documentId, extensions } = parameters
  if (documentId !== undefined) return ownName(parameters, documentId)
  const persisted = extensions?.persistedQuery
  return persisted === undefined || persisted === null ? undefined : apolloName(parameters, persisted)
}

/** The error of a name that nobody knows, in the words that its client looks for. */
export function unknownDocument({ kind, isApollo }: DocumentName) {
  if (isApollo && kind === 'id') return noHash()
  const message = isApollo ? 'PersistedQueryNotFound' : 'No document is known by this id.'
  return fail('PERSISTED_QUERY_NOT_FOUND', message)
}
