import { type Answer, post } from '../http/post.ts'

/** The body of a query. */
export const bodyOf = (query: string) => JSON.stringify({ query })

/** Asks once. @throws Error when the answer has errors */
export async function ask(url: string, query: string): Promise<string> {
  const text = await post(url, bodyOf(query))
  const { data, errors } = JSON.parse(text) as Answer
  if (errors || !data) throw new Error(`${query}: ${text.slice(0, 2000)}`)
  return text.trim()
}

/** Two fetches in every generated graph. */
export const smallQuery = '{ t0(id: "1") { id name extra } }'
