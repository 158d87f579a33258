import { errorOf, type LiveError, unreachable } from '../live-error.ts'
import { isFailure, type LiveResult } from '../live-result.ts'
import type { AttemptEnd, AttemptSink, LiveRequest, Transport } from '../transport.ts'
import { readEvents } from './read-events.ts'
import { errorOfAnswer } from './refusal.ts'

/** How to ask for streams of events. */
export interface EventStreamSource {
  readonly url: string
  /** Default the platform's own. */
  readonly fetch?: typeof globalThis.fetch
  /** Sent with each request. */
  readonly headers?: Readonly<Record<string, string>>
  /**
   * A token for `Authorization: Bearer …`. `refused` is one that the server did not take: give another. Nothing = none can
   * be had at the moment; it is asked for again after a wait.
   */
  readonly accessToken?: (refused: string | undefined) => string | undefined | Promise<string | undefined>
}

/** GraphQL over server-sent events: each operation is a request of its own (graphql-sse's distinct connections). */
export function eventStreamTransport(source: EventStreamSource): Transport {
  let refused: string | undefined
  return {
    open(request, sink) {
      const controller = new AbortController()
      const { signal } = controller
      let token: string | undefined
      const run = async (): Promise<AttemptEnd> => {
        token = await source.accessToken?.(refused)
        if (source.accessToken && !token) throw new Error('No access token can be had at the moment.')
        const response = await ask(source, { request, token, signal })
        // "No content" tells readers of events not to come again.
        if (response.status === 204) return { isComplete: true }
        const isStream = response.headers.get('content-type')?.startsWith('text/event-stream')
        if (!response.ok || !isStream || !response.body) return { error: await errorOfAnswer(response) }
        if (!signal.aborted) sink.opened()
        return read(response.body, sink)
      }
      run().then(
        (end) => signal.aborted || sink.end(end),
        (failure: unknown) => signal.aborted || sink.end({ error: errorOfFailure(failure) }),
      )
      return (reason) => {
        if (reason === 'unauthenticated') refused = token
        controller.abort()
      }
    },
  }
}

interface Asked {
  readonly request: LiveRequest
  readonly token: string | undefined
  readonly signal: AbortSignal
}

function ask(source: EventStreamSource, { request, token, signal }: Asked): Promise<Response> {
  const { url, headers, fetch = globalThis.fetch } = source
  const { resume } = request.extensions
  return fetch(url, {
    method: 'POST',
    headers: {
      ...headers,
      accept: 'text/event-stream',
      'content-type': 'application/json',
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
      ...(resume !== null && { 'last-event-id': resume }),
    },
    // An empty query stands for one that is named by its id or its hash.
    body: JSON.stringify({ ...request, query: request.query || undefined }),
    cache: 'no-store',
    signal,
  })
}

/** Hands on what comes, until the stream ends. */
async function read(body: ReadableStream<Uint8Array>, sink: AttemptSink): Promise<AttemptEnd> {
  let retryMs: number | undefined
  let failure: LiveError | undefined
  const events = readEvents(body, (asked) => {
    retryMs = asked
  })
  for await (const { event, data, id } of events) {
    // The protocol has no other place for the error of an operation than its last result.
    if (event === 'complete') return failure ? { error: failure } : { isComplete: true }
    if (event !== 'next') continue
    const result = JSON.parse(data) as LiveResult
    failure = isFailure(result) ? errorOf(result.errors ?? []) : undefined
    sink.result(result, id === '' ? undefined : id)
  }
  return { error: unreachable('The stream ended before its operation.', retryMs) }
}

function errorOfFailure(failure: unknown): LiveError {
  return unreachable(failure instanceof Error ? failure.message : String(failure))
}
