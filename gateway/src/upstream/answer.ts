import type { SubgraphError } from '../options.ts'
import type { FetchAnswer } from './dispatch.ts'
import type { Reply } from './message.ts'

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/**
 * Reads a GraphQL response (https://spec.graphql.org/October2021/#sec-Response-Format), whatever its HTTP status: many
 * servers answer errors with 400 or 500.
 *
 * @throws Error when it is none
 */
export function readAnswer({ body, status }: Reply): FetchAnswer {
  const answer: unknown = JSON.parse(body)
  if (!isObject(answer)) throw new Error(`not a GraphQL response (HTTP ${status})`)
  const data = answer.data as FetchAnswer['data']
  // An empty list says no more than none: alone it would be an answer of nothing, with no word why.
  const isFailed = Array.isArray(answer.errors) && answer.errors.length > 0
  const errors = isFailed ? (answer.errors as SubgraphError[]) : undefined
  if (data === undefined ? errors === undefined : data !== null && !isObject(data)) {
    throw new Error(`not a GraphQL response (HTTP ${status})`)
  }
  const isBare = Object.keys(answer).length === 1
  return { data, errors, text: isBare && data !== undefined ? body : undefined }
}

/** Whether a reply is a GraphQL response. */
export function isAnswer(reply: Reply): boolean {
  try {
    readAnswer(reply)
    return true
  } catch {
    return false
  }
}
