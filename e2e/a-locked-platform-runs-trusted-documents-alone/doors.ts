import { createHash } from 'node:crypto'
import { text as readAll } from 'node:stream/consumers'
import { request } from 'undici'
import { subscribe } from '../setup/live.ts'

/** What a client sends. */
export type Payload = Readonly<Record<string, unknown>>

/** One way into a platform: all that it answers to a payload, as text. */
type Door = (url: string, payload: Payload) => Promise<string>

const json = { 'content-type': 'application/json', 'apollo-require-preflight': 'true' }

const send = (accept: string, shape: (payload: Payload) => unknown): Door => {
  return async (url, payload) => {
    const body = JSON.stringify(shape(payload))
    const headers = { ...json, accept }
    const answer = await request(`${url}/graphql`, { method: 'POST', headers, body })
    return readAll(answer.body)
  }
}

const get = (accept: string): Door => {
  return async (url, payload) => {
    const pairs = Object.entries(payload).map(([name, value]) => [
      name,
      typeof value === 'string' ? value : JSON.stringify(value),
    ])
    const search = new URLSearchParams(Object.fromEntries(pairs))
    return readAll((await request(`${url}/graphql?${search}`, { headers: { ...json, accept } })).body)
  }
}

const socket: Door = async (url, payload) => {
  const live = subscribe(url, undefined, payload as { query: string })
  const errors = await live.ended
  await live.close()
  return JSON.stringify([live.messages, errors])
}

/** A document that the client would register, as Apollo's does: with its hash. */
const withHash = ({ query }: Payload): Payload => ({
  query,
  extensions: {
    persistedQuery: { version: 1, sha256Hash: createHash('sha256').update(String(query)).digest('hex') },
  },
})

/** Every way in; what it sends is a document. */
export const doors: Readonly<Record<string, Door>> = {
  POST: send('application/json', (payload) => payload),
  GET: get('application/json'),
  'a batch': send('application/json', (payload) => [payload, payload]),
  APQ: send('application/json', withHash),
  'a WebSocket': socket,
  'an event stream': send('text/event-stream', (payload) => payload),
  'an event stream by GET': get('text/event-stream'),
}

/** What is answered to an id alone. */
export async function sendId(url: string, documentId: string, token?: string): Promise<string> {
  const headers = { ...json, ...(token !== undefined && { authorization: `Bearer ${token}` }) }
  const body = JSON.stringify({ documentId })
  return readAll((await request(`${url}/graphql`, { method: 'POST', headers, body })).body)
}
