import { catalogue, type ErrorCode, isErrorCode } from '@headcount/errors'
import { GraphQLError, type GraphQLFormattedError } from 'graphql'
import type { Logger } from 'pino'
import { ExtensionRefused } from '../extension-refused.ts'

/** Codes that tell of the gateway's own dealings with a client; from a subgraph they would mean a fault of ours. */
const ownCodes = new Set<ErrorCode>([
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'OPERATION_RESOLUTION_FAILURE',
  'PERSISTED_QUERY_NOT_FOUND',
  'PERSISTED_QUERY_NOT_SUPPORTED',
  'PERSISTED_QUERY_MISMATCH',
  'DOCUMENT_NOT_TRUSTED',
  'BAD_REQUEST',
  'CSRF_PREVENTED',
  'METHOD_NOT_ALLOWED',
  'NOT_ACCEPTABLE',
  'UNSUPPORTED_MEDIA_TYPE',
])

/** Extensions of an error that may leave; whatever else a subgraph adds stays inside. */
const extensionsThatLeave = ['retryAfterMs', 'fields'] as const

type AnyError = Pick<GraphQLError, 'message'> &
  Partial<Pick<GraphQLError, 'path' | 'locations' | 'extensions'>>

function masked(error: AnyError, requestId: string): GraphQLFormattedError {
  const code = 'INTERNAL_SERVER_ERROR'
  const message = `Something went wrong on our side; the log has it under ${requestId}.`
  return { message, ...(error.path ? { path: error.path } : {}), extensions: { code, requestId } }
}

/** Whether the error tells of what a client did: those of the gateway itself always do, with any code. */
function isOwn(error: AnyError): boolean {
  return error instanceof GraphQLError && !('serviceName' in error.extensions)
}

/** What was at the bottom of it, for the log. */
function deepestCause(error: unknown): string | undefined {
  let cause: unknown = error
  for (let depth = 0; depth < 5; depth += 1) {
    const next = typeof cause === 'object' && cause !== null && 'cause' in cause ? cause.cause : undefined
    if (next === undefined) break
    cause = next
  }
  return cause !== error && cause instanceof Error ? cause.message : undefined
}

/** Extensions of a subgraph's error that no client gets: they tell of its code. */
const traces = new Set(['exception', 'stacktrace', 'stack', 'debug'])

/** An error of a subgraph's answer as it is, where the operator wants that; undefined = it is none. */
function passedOn(error: AnyError): GraphQLFormattedError | undefined {
  if (!('subgraph' in error)) return undefined
  const cause = 'cause' in error ? error.cause : undefined
  // A fetch that came to no answer tells of addresses and sockets.
  if (cause instanceof Error && !(cause instanceof GraphQLError)) return undefined
  const { message, path } = error
  const kept = Object.entries(error.extensions ?? {}).filter(([name]) => !traces.has(name))
  return {
    message,
    ...(path ? { path } : {}),
    ...(kept.length > 0 ? { extensions: Object.fromEntries(kept) } : {}),
  }
}

function asAnyError(error: unknown): AnyError {
  const isError = typeof error === 'object' && error !== null && 'message' in error
  return isError ? (error as AnyError) : { message: String(error) }
}

/** What leaves of an error whose code is of the catalogue. */
function cleaned(known: AnyError, code: string): GraphQLFormattedError {
  const extensions: Record<string, unknown> = { code }
  for (const name of extensionsThatLeave) {
    if (known.extensions?.[name] !== undefined) extensions[name] = known.extensions[name]
  }
  const { message, path, locations } = known
  return { message, ...(locations ? { locations } : {}), ...(path ? { path } : {}), extensions }
}

/** Turns an error into what may leave: a message and a code of the catalogue. The rest is logged under the request's id. */
export function maskError(
  error: unknown,
  context: {
    readonly requestId: string
    readonly log: Logger
    /** Whether subgraphs' own errors leave as they are. */
    readonly passesSubgraphErrors?: boolean
  },
): GraphQLFormattedError {
  const { requestId, log, passesSubgraphErrors } = context
  const known = asAnyError(error)
  const passed = passesSubgraphErrors ? passedOn(known) : undefined
  if (passed) return passed
  const code = known.extensions?.code
  if (error instanceof ExtensionRefused) return cleaned(known, String(code))
  if (!isErrorCode(code) || code === 'INTERNAL_SERVER_ERROR' || (!isOwn(known) && ownCodes.has(code))) {
    log.error({ err: error, requestId }, 'internal error')
    return masked(known, requestId)
  }
  const level = catalogue[code].logLevel
  if (level === 'warn' || level === 'error') {
    log[level]({ code, requestId, cause: deepestCause(error) }, known.message)
  }
  return cleaned(known, code)
}
