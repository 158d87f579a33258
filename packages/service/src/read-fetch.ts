import { documentIdOf } from '@headcount/access'
import { fail } from '@headcount/errors'
import type { Documents, Reading } from './documents.ts'
import { bodyBytes } from './read-body.ts'

/** What a fetch asks for; at least one of `query` and `documentId` is there. */
export interface Fetch {
  /** Text of the document. */
  readonly query: string | undefined
  /** Its id, see `documentIdOf`. */
  readonly documentId: string | undefined
  /** Values of its variables. */
  readonly variables: Readonly<Record<string, unknown>> | undefined
  /** Which of its operations. */
  readonly operationName: string | undefined
}

/**
 * Reads the body of a fetch; undefined stands for one that was too large.
 * @throws GraphQLError BAD_REQUEST or PAYLOAD_TOO_LARGE
 */
export function readFetch(body: Buffer | undefined): Fetch {
  if (!body) throw fail('PAYLOAD_TOO_LARGE', `The body has more than ${bodyBytes} bytes.`)
  const fields = parseObject(body.toString())
  const { query, documentId, operationName, variables } = fields
  const fetched: Fetch = {
    query: textOf(query, 'query'),
    documentId: textOf(documentId, 'documentId'),
    operationName: textOf(operationName, 'operationName'),
    variables: variables === undefined || variables === null ? undefined : objectOf(variables, 'variables'),
  }
  if (fetched.query === undefined && fetched.documentId === undefined) {
    throw fail('BAD_REQUEST', 'The body has neither "query" nor "documentId".')
  }
  return fetched
}

/**
 * The document of a fetch. Its text is hashed only where the id is not known: a known one was hashed before.
 * @throws GraphQLError PERSISTED_QUERY_NOT_FOUND or PERSISTED_QUERY_MISMATCH
 */
export function documentOf({ query, documentId }: Fetch, documents: Documents): Reading {
  const known = documentId === undefined ? undefined : documents.ofId(documentId)
  if (known) return known
  if (query === undefined) throw fail('PERSISTED_QUERY_NOT_FOUND', 'PersistedQueryNotFound')
  if (documentId !== undefined && documentIdOf(query) !== documentId) {
    throw fail(
      'PERSISTED_QUERY_MISMATCH',
      '"documentId" is not "sha256:" and the SHA-256 of "query" in lower-case hexadecimal digits.',
    )
  }
  return documents.ofText(query)
}

function parseObject(text: string): Readonly<Record<string, unknown>> {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    throw fail('BAD_REQUEST', 'The body is not JSON.')
  }
  return objectOf(value, 'the body')
}

function objectOf(value: unknown, name: string): Readonly<Record<string, unknown>> {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    return value as Readonly<Record<string, unknown>>
  }
  throw fail('BAD_REQUEST', `${name} takes an object; it is ${kindOf(value)}.`)
}

function textOf(value: unknown, name: string): string | undefined {
  if (typeof value === 'string') return value
  if (value === undefined || value === null) return undefined
  throw fail('BAD_REQUEST', `${name} takes a text; it is ${kindOf(value)}.`)
}

function kindOf(value: unknown): string {
  if (value === null) return 'null'
  return Array.isArray(value) ? 'a list' : `of type ${typeof value}`
}
