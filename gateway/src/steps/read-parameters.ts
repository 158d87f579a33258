import { fail } from '@headcount/errors'
import type { Exchange, Parameters, Step } from '../exchange.ts'
import type { Limits } from '../limits.ts'
import { isNestedDeeper } from '../operations/nesting.ts'
import { readBody } from '../transports/read-body.ts'

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
  if (Array.isArray(body)) throw fail('BAD_REQUEST', 'Batches are not taken: send one operation a request.')
  if (!isObject(body)) throw fail('BAD_REQUEST', `The body is ${kindOf(body)}; it must be a JSON object.`)
  const parameters = {
    query: optional(body, 'query', text),
    documentId: optional(body, 'documentId', text),
    operationName: optional(body, 'operationName', text),
    variables: optional(body, 'variables', object),
    extensions: optional(body, 'extensions', object),
  }
  const { query, documentId, extensions } = parameters
  if (query === undefined && documentId === undefined && extensions?.persistedQuery === undefined) {
    throw fail('BAD_REQUEST', 'There is no "query": send a GraphQL document, or the hash of one.')
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
    operationName: value('operationName'),
    variables: json('variables'),
    extensions: json('extensions'),
  })
}

function checkContentType(exchange: Exchange): void {
  const { headers } = exchange.request
  if (headers['content-type'] === 'application/json' && headers['content-encoding'] === undefined) return
  const [type = '', ...parameters] = (headers['content-type'] ?? '').toLowerCase().split(';')
  const charset = parameters.map((word) => word.trim()).find((word) => word.startsWith('charset='))
  if (type.trim() !== 'application/json') {
    throw fail('UNSUPPORTED_MEDIA_TYPE', 'The body must be application/json.')
  }
  if (charset && !/^charset="?utf-?8"?$/.test(charset)) {
    throw fail('UNSUPPORTED_MEDIA_TYPE', 'The body must be in UTF-8.')
  }
  if ((headers['content-encoding'] ?? 'identity').toLowerCase() !== 'identity') {
    throw fail('UNSUPPORTED_MEDIA_TYPE', 'The body must not be compressed.')
  }
}

/** Reads what is asked for from the URL or the body. */
export const readParameters: Step = (exchange, { limits }) => {
  const { request } = exchange
  if (request.method === 'GET') {
    // A stream that was reserved is opened by GET and asks for nothing itself.
    const isOpening = exchange.media === 'text/event-stream' && !exchange.url.searchParams.has('query')
    exchange.parameters =
      isOpening && !exchange.url.search.includes('extensions') ? {} : fromUrl(exchange, limits)
    return
  }
  if (request.method !== 'POST') return
  checkContentType(exchange)
  return readJson(exchange, limits)
}

async function readJson(exchange: Exchange, limits: Limits): Promise<void> {
  const { request, cancellation } = exchange
  try {
    const body = await readBody(request, { limitBytes: limits.bodyBytes, cancellation })
    exchange.parameters = parametersOf(parseJson(body, 'The body', limits))
  } catch (error) {
    // What is still on its way is not read, so this connection is of no more use.
    if (!request.complete) exchange.headers.connection = 'close'
    throw error
  }
}
