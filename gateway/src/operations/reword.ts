import { type ErrorCode, fail } from '@headcount/errors'
import { GraphQLError } from 'graphql'

/** Suggestions would tell the names of a schema that may not be asked for. */
function withoutSuggestion(message: string): string {
  return message.replace(/ Did you mean [\s\S]*\?$/, '')
}

/** Messages echo what came; more of it adds nothing. */
const longestMessage = 500

/** graphql-js's error about a document or its variables as one of the catalogue's, at the same places. */
export function reword(
  error: GraphQLError,
  options: { readonly code: ErrorCode; readonly introspection: boolean },
): GraphQLError {
  const plain = options.introspection ? error.message : withoutSuggestion(error.message)
  const message = plain.length > longestMessage ? `${plain.slice(0, longestMessage)}…` : plain
  const { nodes = null, source = null, positions = null } = error
  return new GraphQLError(message, {
    nodes,
    source,
    positions,
    extensions: fail(options.code, '').extensions,
  })
}
