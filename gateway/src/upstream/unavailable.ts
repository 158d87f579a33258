import { fail } from '@headcount/errors'
import type { GraphQLError } from 'graphql'

/** The error of a fetch that came to nothing. It names no subgraph: where things run is nobody's business outside. */
export function unavailable(cause: unknown): GraphQLError {
  const error = fail('SUBGRAPH_UNAVAILABLE', 'A part of the graph did not answer; try again.')
  error.cause = cause
  return error
}
