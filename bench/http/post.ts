import { request } from 'undici'
import { headers } from '../load/http-load.ts'

/** An answer of GraphQL. */
export interface Answer {
  readonly data?: unknown
  readonly errors?: readonly { readonly message: string }[]
}

/** One POST apart from the load. @throws Error for another status than 200 */
export async function post(url: string, body: string): Promise<string> {
  const response = await request(url, { method: 'POST', headers: { ...headers }, body })
  const text = await response.body.text()
  if (response.statusCode !== 200) throw new Error(`${url} answered ${response.statusCode}: ${text}`)
  return text
}
