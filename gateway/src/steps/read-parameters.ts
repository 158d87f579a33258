import { fail } from '@headcount/errors'
import type { Exchange, Parameters, Step } from '../exchange.ts'
import type { Limits } from '../limits.ts'
import { isNestedDeeper } from '../operations/nesting.ts'
import { documentOf } from '../operations/trusted/document-name.ts'
import { isOpening } from '../transports/events/stream-token.ts'

type Json = Readonly<Record<string, unknown>>

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function kindOf(value: unknown): string {
  if (value === null) return 'null'
  return Array.isArray(value) ? 'a list' : typeof value === 'object' ? 'an object' : `a ${typeof value}`
}

function optional<T>(
  body: Json,
  name: string,
  accepts: { is: (value: unknown) => value is T; what: string },
): T | undefined {
  const value = Object.hasOwn(body, name) ? body[name] : undefined
  if (value === undefined || value === null) return undefined
  if (accepts.is(value)) return value
  throw fail('BAD_REQUEST', `"${name}" is ${kindOf(value)}; it must be ${accepts.what}.`)
}

const text = { is: (value: unknown): value is string => typeof value === 'string', what: 'a string' }
const object = { is: isObject, what: 'an object' }

/** The parameters in a JSON body. @throws GraphQLError BAD_REQUEST that says what was wrong */
function parametersOf(body: unknown): Parameters {
  if (!isObject(body)) throw fail('BAD_REQUEST', `The body is ${kindOf(body)}; it must be a JSON object.`)
  const parameters = {
    ...documentOf((name) => optional(body, name, text), body.extensions),
    operationName: optional(body, 'operationName', text),
    variables: optional(body, 'variables', object),
    extensions: optional(body, 'extensions', object),
  }
  const { query, documentId, extensions } = parameters
  if (query === undefined && documentId === undefined && extensions?.persistedQuery === undefined) {
    throw fail('BAD_REQUEST', 'There is no "query": send a GraphQL document, or the id or hash of one.')
  }
  return parameters
}

/** Parses JSON that a client sent, not deeper than the limit. @throws GraphQLError BAD_REQUEST */
function parseJson(json: string, what: string, limits: Limits): unknown {
  if (isNestedDeeper(json, limits.nesting, 'json')) {
    throw fail('BAD_REQUEST', `${what} nests brackets deeper than ${limits.nesting}.`)
  }
  try {
    return JSON.parse(json)
  } catch {
    throw fail('BAD_REQUEST', `${what} is not JSON.`)
  }
}

function fromUrl({ url }: Exchange, limits: Limits): Parameters {
  const value = (name: string) => url.searchParams.get(name) ?? undefined
  const json = (name: string) => {
    const raw = value(name)
    return raw === undefined ? undefined : parseJson(raw, `"${name}"`, limits)
  }
  return parametersOf({
    query: value('query'),
    documentId: value('documentId'),
    doc_id: value('doc_id'),
    id: value('id'),
    operationName: value('operationName'),
    variables: json('variables'),
    extensions: json('extensions'),
  })
}

/** The operations of a batch, each checked for its shape. */
function batchOf(list: readonly unknown[], maximum: number | undefined): readonly Parameters[] {
  if (maximum === undefined) {
    throw fail('BAD_REQUEST', 'Batches are not taken: send one operation a request.')
  }
  if (list.length === 0)
    throw fail('BAD_REQUEST', 'The batch is empty: a list of operations has one at least.')
  if (list.length > maximum) {
    throw fail('OPERATION_TOO_LARGE', `The batch has ${list.length} operations; the limit is ${maximum}.`)
  }
  return list.map(parametersOf)
}

/** Reads what is asked for from the URL or the body. */
export const readParameters: Step = (exchange, { limits, batchOperations }) => {
  const { method } = exchange.request
  if (isOpening(exchange)) return
  if (method === 'GET') exchange.parameters = fromUrl(exchange, limits)
  if (method !== 'POST') return
  const body = parseJson(exchange.body, 'The body', limits)
  exchange.body = ''
  if (Array.isArray(body)) exchange.batch = batchOf(body, batchOperations)
  else exchange.parameters = parametersOf(body)
}
