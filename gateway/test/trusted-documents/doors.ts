import { atEnd } from '../http1-calls.ts'
import { RawConnection, requestText } from '../raw-events.ts'
import { RawWebSocket } from '../raw-web-socket.ts'
import type { Answer } from '../support.ts'

/** What a client sends: a document, or what stands for it. */
export type Payload = Readonly<Record<string, unknown>>

/** One way into a gateway: what comes back for a payload. */
export type Door = (
  url: string,
  payload: Payload,
  headers?: Readonly<Record<string, string>>,
) => Promise<Answer>

const json = { 'content-type': 'application/json' }

export function searchOf(payload: Payload): URLSearchParams {
  const pairs = Object.entries(payload).filter(([, value]) => value !== null)
  return new URLSearchParams(
    pairs.map(([name, value]) => [name, typeof value === 'string' ? value : JSON.stringify(value)]),
  )
}

const post: Door = async (url, payload, headers) => {
  const response = await fetch(url, {
    method: 'POST',
    headers: { ...json, ...headers },
    body: JSON.stringify(payload),
  })
  return (await response.json()) as Answer
}

const get: Door = async (url, payload, headers) => {
  const response = await fetch(`${url}?${searchOf(payload)}`, { headers: { ...json, ...headers } })
  return (await response.json()) as Answer
}

/** In the middle of others that say nothing. */
const batch: Door = async (url, payload, headers) => {
  const body = JSON.stringify([{ id: 'none' }, payload, { id: 'none' }])
  const response = await fetch(url, { method: 'POST', headers: { ...json, ...headers }, body })
  const answers = (await response.json()) as readonly Answer[]
  return answers[1] ?? { errors: [] }
}

const socket: Door = async (url, payload, headers) => {
  const client = new RawWebSocket(url)
  atEnd(() => client.destroy())
  await client.shake()
  const name = headers?.['graphql-client-name']
  client.say({ type: 'connection_init', payload: name === undefined ? {} : { client: { name } } })
  await client.heard()
  client.say({ id: '1', type: 'subscribe', payload })
  const heard = await client.heard()
  return (heard.type === 'error' ? { errors: heard.payload } : heard.payload) as Answer
}

function connect(url: string): RawConnection {
  const connection = new RawConnection(url)
  atEnd(() => connection.socket.destroy())
  return connection
}

const stream: Door = async (url, payload, headers) => {
  const connection = connect(url)
  const how = { headers: { accept: 'text/event-stream', ...headers }, body: payload }
  connection.send(requestText('POST', '/graphql', how))
  await connection.head()
  const event = await connection.next()
  return JSON.parse(event?.data ?? 'null') as Answer
}

const streamByGet: Door = async (url, payload, headers) => {
  const connection = connect(url)
  const how = { headers: { accept: 'text/event-stream', ...json, ...headers } }
  connection.send(requestText('GET', `/graphql?${searchOf(payload)}`, how))
  const head = await connection.head()
  if (head.headers['content-type']?.startsWith('text/event-stream') !== true) {
    return JSON.parse(await connection.body(head)) as Answer
  }
  const event = await connection.next()
  return JSON.parse(event?.data ?? 'null') as Answer
}

/** graphql-sse's single connection mode: what is wrong is answered to the request, the rest goes to the stream. */
const reservedStream: Door = async (url, payload, headers) => {
  const token = await (await fetch(url, { method: 'PUT' })).text()
  const connection = connect(url)
  const how = { headers: { accept: 'text/event-stream', 'x-graphql-event-stream-token': token } }
  connection.send(requestText('GET', '/graphql', how))
  await connection.head()
  const extensions = { ...(payload.extensions as object), operationId: '1' }
  const response = await fetch(url, {
    method: 'POST',
    headers: { ...json, 'x-graphql-event-stream-token': token, ...headers },
    body: JSON.stringify({ ...payload, extensions }),
  })
  if (response.status !== 202) return (await response.json()) as Answer
  const event = await connection.next()
  return (JSON.parse(event?.data ?? 'null') as { payload: Answer }).payload
}

/** Every way in. */
export const doors: Readonly<Record<string, Door>> = {
  POST: post,
  GET: get,
  'a batch': batch,
  'a WebSocket': socket,
  'an event stream': stream,
  'an event stream by GET': streamByGet,
  'a reserved event stream': reservedStream,
}
