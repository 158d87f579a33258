import { isDeepStrictEqual } from 'node:util'
import { type Answer, post } from '../http/post.ts'
import { type Query, type QueryName, queries } from './graph/queries.ts'
import type { Started } from './start.ts'

/** The text of each query's answer, by query. */
export type Texts = ReadonlyMap<QueryName, string>

/**
 * Asks every candidate every query and compares `data`: speed of different answers says nothing.
 * @throws Error that shows two that differ
 */
export async function compareAnswers(
  started: readonly Started[],
  names: readonly QueryName[],
): Promise<Texts> {
  const texts = new Map<QueryName, string>()
  for (const name of names) {
    let first: { data: unknown; title: string } | undefined
    for (const { candidate, urlOf } of started) {
      const text = await ask(urlOf(name), queries[name])
      const { data, errors } = JSON.parse(text) as Answer
      const isWhole = data !== null && data !== undefined && errors === undefined
      if (!isWhole) throw new Error(`${candidate.title} on ${name}: ${text.slice(0, 2000)}`)
      first ??= { data, title: candidate.title }
      if (!isDeepStrictEqual(data, first.data)) {
        const one = JSON.stringify(first.data, undefined, 1)
        throw new Error(`${first.title} and ${candidate.title} differ on ${name}:\n${one}\n${text}`)
      }
      // Without the line's end that some put behind it.
      if (!texts.has(name)) texts.set(name, text.trim())
    }
  }
  return texts
}

async function ask(url: string, { body, registration }: Query): Promise<string> {
  if (registration !== undefined) await post(url, registration)
  return post(url, body)
}
