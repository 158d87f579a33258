import type { Readable } from 'node:stream'
import type { Dispatcher } from 'undici'
import type { Fetch, FetchAnswer } from '../dispatch.ts'
import { EventReader } from './event-reader.ts'
import { PulledEvents } from './pulled-events.ts'
import { answerOf, eventCharacters } from './read-event.ts'
import { headersOf, type StreamHeaders } from './stream-headers.ts'
import type { OpenEvents } from './subgraph-events.ts'

/** Bytes of an answer that is no stream: a refusal. */
const refusalBytes = 1_048_576

/** The results in a body of events. While nobody asks for the next one, the subgraph is not read from. */
async function* results(body: Readable): AsyncGenerator<FetchAnswer, undefined> {
  const reader = new EventReader(eventCharacters)
  for await (const piece of body) {
    for (const { name, data } of reader.read(piece)) {
      if (name === 'complete') return undefined
      // Subgraphs of before the protocol do not name their results.
      if (name === 'next' || name === 'message') yield answerOf(JSON.parse(data))
    }
  }
  throw new Error('the stream ended without "complete"')
}

/** A refusal comes as an ordinary answer: the one event of its stream. */
async function* refusal(response: Dispatcher.ResponseData): AsyncGenerator<FetchAnswer, undefined> {
  let text = ''
  for await (const piece of response.body.setEncoding('utf8')) {
    text += piece
    if (text.length > refusalBytes) throw new Error('a refusal of more than 1 MiB')
  }
  try {
    yield answerOf(JSON.parse(text))
  } catch (cause) {
    throw new Error(`neither a stream nor a GraphQL response (HTTP ${response.statusCode})`, { cause })
  }
  return undefined
}

function isStream({ headers }: Dispatcher.ResponseData): boolean {
  return String(headers['content-type']).startsWith('text/event-stream')
}

function textOf({ operation, variables }: Fetch): string {
  const { document: query, name: operationName } = operation
  return JSON.stringify({ query, operationName, variables: variables.object() })
}

/** Subscribes by graphql-sse's protocol in its distinct connections mode: a request for each subscription. */
export function sseEvents(options: {
  readonly url: string
  /** Its connections are not bounded: each stream holds one. */
  readonly dispatcher: Dispatcher
  readonly headers: StreamHeaders
}): OpenEvents {
  const { dispatcher, headers } = options
  const { origin, pathname, search } = new URL(options.url)
  return async (fetch, signal) => {
    const { caller, request } = await headersOf(fetch, headers)
    signal.throwIfAborted()
    const controller = new AbortController()
    const giveUp = () => controller.abort(signal.reason)
    signal.addEventListener('abort', giveUp, { once: true })
    try {
      const response = await dispatcher.request({
        origin,
        path: `${pathname}${search}`,
        method: 'POST',
        headers: {
          ...caller,
          ...request,
          'content-type': 'application/json',
          accept: 'text/event-stream',
        },
        body: textOf(fetch),
        signal: controller.signal,
      })
      const { body } = response
      // A body that is destroyed while nobody reads it tells of that by an event.
      body.on('error', () => {})
      const source = isStream(response) ? results(body) : refusal(response)
      return new PulledEvents(source, () => body.destroy())
    } finally {
      signal.removeEventListener('abort', giveUp)
    }
  }
}
