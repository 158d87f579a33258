import { isUnreachable } from '@headcount/database'
import { codeOf } from '@headcount/errors'
import { GraphQLError } from 'graphql'
import type { Logger } from 'pino'

/**
 * What of an error may leave the service. Errors of the catalogue pass, and those of graphql-js itself (a wrong
 * document or variable). A database that is away is SUBGRAPH_UNAVAILABLE: the same may succeed later. Everything else is
 * logged and leaves as INTERNAL_SERVER_ERROR without its text.
 */
export function maskError(error: unknown, log: Logger): GraphQLError {
  if (error instanceof GraphQLError) {
    if (codeOf(error)) return error
    // graphql-js's own refusals have no cause, or a scalar's refusal as their cause.
    const isRefusal = !error.originalError || error.originalError instanceof GraphQLError
    if (isRefusal) return withCode(error, 'BAD_USER_INPUT', error.message)
  }
  const cause = error instanceof GraphQLError ? (error.originalError ?? error) : error
  const located = error instanceof GraphQLError ? error : undefined
  if (isUnreachable(cause)) {
    log.warn({ reason: String(cause) }, 'the database could not be reached')
    return withCode(
      located,
      'SUBGRAPH_UNAVAILABLE',
      'The database cannot be reached at the moment; try again.',
    )
  }
  log.error({ err: cause }, 'a resolver failed')
  return withCode(located, 'INTERNAL_SERVER_ERROR', 'Something went wrong on our side.')
}

function withCode(error: GraphQLError | undefined, code: string, message: string): GraphQLError {
  return new GraphQLError(message, {
    ...(error?.nodes && { nodes: error.nodes }),
    ...(error?.path && { path: error.path }),
    extensions: { code },
  })
}
