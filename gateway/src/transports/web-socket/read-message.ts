import type { Parameters } from '../../exchange.ts'
import { documentOf } from '../../operations/trusted/document-name.ts'

type Payload = Readonly<Record<string, unknown>>

/** What a client may say in graphql-transport-ws. */
export type ClientMessage =
  | { readonly type: 'connection_init' | 'ping' | 'pong'; readonly payload: Payload | undefined }
  | { readonly type: 'subscribe'; readonly id: string; readonly parameters: Parameters }
  | { readonly type: 'complete'; readonly id: string }

/** The message is none of the protocol's. */
export class BadMessage extends Error {}

/** Characters of an operation's id: it stands in front of each of its results. */
const idCharacters = 256

function kindOf(value: unknown): string {
  if (value === null) return 'null'
  return Array.isArray(value) ? 'an array' : value === undefined ? 'missing' : `a ${typeof value}`
}

function isObject(value: unknown): value is Payload {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function objectOf(values: Payload, name: string): Payload | undefined {
  const value = values[name] ?? undefined
  if (value === undefined || isObject(value)) return value
  throw new BadMessage(`"${name}" is ${kindOf(value)}; it must be an object, null or absent`)
}

function textOf(values: Payload, name: string): string | undefined {
  const value = values[name] ?? undefined
  if (value === undefined || typeof value === 'string') return value
  throw new BadMessage(`"${name}" is ${kindOf(value)}; it must be a string`)
}

function idOf({ id }: Payload): string {
  if (typeof id === 'string' && id !== '' && id.length <= idCharacters) return id
  const found = typeof id === 'string' ? `${id.length} characters long` : kindOf(id)
  throw new BadMessage(`"id" is ${found}; it must be a string of 1 to ${idCharacters} characters`)
}

function parametersOf(payload: Payload | undefined): Parameters {
  if (!payload) throw new BadMessage('"payload" is missing; it must be an object with a "query"')
  const extensions = objectOf(payload, 'extensions')
  const { query, documentId } = documentOf((name) => textOf(payload, name), extensions)
  if (query === undefined && documentId === undefined && !isObject(extensions?.persistedQuery)) {
    throw new BadMessage('"query" is missing; it must be a string')
  }
  const operationName = textOf(payload, 'operationName')
  const variables = objectOf(payload, 'variables')
  return { query, documentId, operationName, variables, extensions }
}

/** Reads a message. @throws BadMessage, which says what is wrong and what would be right */
export function readMessage(text: string): ClientMessage {
  let values: unknown
  try {
    values = JSON.parse(text)
  } catch {
    throw new BadMessage('it is no JSON')
  }
  if (!isObject(values)) throw new BadMessage(`it is ${kindOf(values)}; it must be an object`)
  const { type } = values
  switch (type) {
    case 'connection_init':
    case 'ping':
    case 'pong':
      return { type, payload: objectOf(values, 'payload') }
    case 'subscribe':
      return { type, id: idOf(values), parameters: parametersOf(objectOf(values, 'payload')) }
    case 'complete':
      return { type, id: idOf(values) }
    default:
      throw new BadMessage('"type" is none that a client may send')
  }
}
