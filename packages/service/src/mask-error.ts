import { codeOf } from '@headcount/errors'
import { GraphQLError } from 'graphql'
import type { Logger } from 'pino'

/**
 * What of an error may leave the service. Errors of the catalogue pass, and those of graphql-js itself (a wrong
 * document or variable); everything else is logged and leaves as INTERNAL_SERVER_ERROR without its text.
 */
export function maskError(error: unknown, log: Logger): GraphQLError {
  if (error instanceof GraphQLError) {
    if (codeOf(error)) return error
    // graphql-js's own refusals have no cause, or a scalar's refusal as their cause.
    const isRefusal = !error.originalError || error.originalError instanceof GraphQLError
    if (isRefusal) return withCode(error, 'BAD_USER_INPUT', error.message)
  }
  log.error(
    { err: error instanceof GraphQLError ? (error.originalError ?? error) : error },
    'a resolver failed',
  )
  const located = error instanceof GraphQLError ? error : undefined
  return withCode(located, 'INTERNAL_SERVER_ERROR', 'Something went wrong on our side.')
}

function withCode(error: GraphQLError | undefined, code: string, message: string): GraphQLError {
  return new GraphQLError(message, {
    ...(error?.nodes && { nodes: error.nodes }),
    ...(error?.path && { path: error.path }),
    extensions: { code },
  })
}
