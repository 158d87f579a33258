import type { FetchAnswer } from '../dispatch.ts'

/** Characters of one event's JSON; a longer one ends its stream. */
export const eventCharacters = 64 * 1_048_576

/** An execution result as a subgraph sends it, parsed. @throws Error when it is none */
export function answerOf(result: unknown): FetchAnswer {
  if (typeof result !== 'object' || result === null || !('data' in result || 'errors' in result)) {
    throw new Error('an event that is no GraphQL result')
  }
  const { data, errors } = result as FetchAnswer
  return { data, errors: Array.isArray(errors) ? errors : undefined, text: undefined }
}
