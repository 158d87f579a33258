import { request } from 'undici'
import { headers } from '../load/http-load.ts'

interface Answer {
  readonly data?: unknown
  readonly errors?: readonly { readonly extensions?: { readonly code?: string } }[]
}

/** The gateway gave a request up. */
export class TookTooLong extends Error {}

/** The body of a query. */
export const bodyOf = (query: string) => JSON.stringify({ query })

/** Asks once. @throws TookTooLong when the gateway gives it up. @throws Error when the answer has other errors */
export async function ask(url: string, query: string): Promise<string> {
  const response = await request(url, { method: 'POST', headers: { ...headers }, body: bodyOf(query) })
  const text = await response.body.text()
  const { data, errors } = JSON.parse(text) as Answer
  if (errors?.some(({ extensions }) => extensions?.code === 'DEADLINE_EXCEEDED')) throw new TookTooLong(query)
  if (errors || !data) throw new Error(`${query}: ${text.slice(0, 2000)}`)
  return text.trim()
}

/** Two fetches in every generated graph. */
export const smallQuery = '{ t0(id: "1") { id name extra } }'
