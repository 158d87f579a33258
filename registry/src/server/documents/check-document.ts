import { createHash } from 'node:crypto'
import type { TrustedDocument } from '@headcount/registry-api'
import {
  type DocumentNode,
  GraphQLError,
  type GraphQLSchema,
  Kind,
  type OperationDefinitionNode,
  parse,
  validate,
} from 'graphql'

/** A document that may be published. */
export interface CheckedDocument extends TrustedDocument {
  /** SHA-256 of its text, hexadecimal. */
  readonly hash: string
}

/** A document that may not, and why. */
export interface RefusedDocument {
  readonly id: string
  readonly name: string | null
  readonly reason: string
}

const idShape = /^[\x21-\x7e]{1,256}$/
const hashShape = /^[0-9a-f]{64}$/i

/**
 * Whether gateways could let a document through: an id that clients can send for it, one operation with the fragments that it
 * uses, valid for the schema where there is one. The operation's name is taken from the text.
 */
export function checkDocument(
  { id, text, name }: TrustedDocument,
  schema: GraphQLSchema | undefined,
): CheckedDocument | RefusedDocument {
  const hash = createHash('sha256').update(text).digest('hex')
  const wrongId = idProblem(id, hash)
  if (wrongId !== undefined) return { id, name, reason: wrongId }
  const document = parsed(text)
  if (typeof document === 'string') return { id, name, reason: document }
  const operations = document.definitions.filter(
    (one): one is OperationDefinitionNode => one.kind === Kind.OPERATION_DEFINITION,
  )
  const [operation] = operations
  if (!operation || operations.length > 1) {
    return { id, name, reason: `It must have one operation; it has ${operations.length}` }
  }
  const own = operation.name?.value ?? null
  const [error] = schema ? validate(schema, document, undefined, { maxErrors: 1 }) : []
  return error ? { id, name: own, reason: placed(error) } : { id, text, name: own, hash }
}

/** Whether it was refused. */
export function isRefused(one: CheckedDocument | RefusedDocument): one is RefusedDocument {
  return 'reason' in one
}

/** https://github.com/graphql/graphql-over-http/blob/main/spec/Appendix%20A%20--%20Persisted%20Documents.md */
function idProblem(id: string, hash: string): string | undefined {
  if (!idShape.test(id)) return 'Its id must be 1 to 256 printable ASCII characters without a space'
  if (hashShape.test(id) && id !== hash) {
    return `Its id looks like a SHA-256 but is not its text's, which is ${hash}`
  }
  if (id.includes(':') && !id.startsWith('x-')) {
    return 'Its id must have no colon unless it begins with x-; a hash is given without sha256:'
  }
  return undefined
}

function parsed(text: string): DocumentNode | string {
  try {
    return parse(text)
  } catch (err) {
    if (err instanceof GraphQLError) return placed(err)
    throw err
  }
}

function placed({ message, locations }: GraphQLError): string {
  const [place] = locations ?? []
  return place ? `${message} (line ${place.line}, column ${place.column})` : message
}
