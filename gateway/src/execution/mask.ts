import { catalogue, type ErrorCode, isErrorCode } from '@headcount/errors'
import { GraphQLError, type GraphQLFormattedError } from 'graphql'
import type { Logger } from 'pino'

/** Codes that tell of the gateway's own dealings with a client; from a subgraph they would mean a fault of ours. */
const ownCodes = new Set<ErrorCode>([
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'OPERATION_RESOLUTION_FAILURE',
  'PERSISTED_QUERY_NOT_FOUND',
  'PERSISTED_QUERY_MISMATCH',
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

/** Turns an error into what may leave: a message and a code of the catalogue. The rest is logged under the request's id. */
export function maskError(
  error: unknown,
  context: { readonly requestId: string; readonly log: Logger },
): GraphQLFormattedError {
  const { requestId, log } = context
  const known: AnyError =
    typeof error === 'object' && error !== null && 'message' in error
      ? (error as AnyError)
      : { message: String(error) }
  const code = known.extensions?.code
  if (!isErrorCode(code) || code === 'INTERNAL_SERVER_ERROR' || (!isOwn(known) && ownCodes.has(code))) {
    log.error({ err: error, requestId }, 'internal error')
    return masked(known, requestId)
  }
  const level = catalogue[code].logLevel
  if (level === 'warn' || level === 'error') {
    log[level]({ code, requestId, cause: deepestCause(error) }, known.message)
  }
  const extensions: Record<string, unknown> = { code }
  for (const name of extensionsThatLeave) {
    if (known.extensions?.[name] !== undefined) extensions[name] = known.extensions[name]
  }
  const { message, path, locations } = known
  return { message, ...(locations ? { locations } : {}), ...(path ? { path } : {}), extensions }
}
