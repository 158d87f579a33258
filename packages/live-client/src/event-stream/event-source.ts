import { type Clock, wallClock } from '../clock.ts'
import { readDelivery } from '../delivery.ts'
import { Hearing } from '../hearing.ts'
import type { LiveOperation, LiveSink } from '../live-client.ts'
import { errorOf, type LiveError, unreachable } from '../live-error.ts'
import { isFailure, type LiveResult } from '../live-result.ts'

/**
 * The address of an operation for a browser's `EventSource`, which comes back by itself, sends `Last-Event-ID` and obeys
 * `retry`. It sends no headers: a token it cannot bring. An empty `query` is left out, for one that is named by its id or
 * its hash.
 */
export function eventSourceUrl(url: string, operation: LiveOperation): string {
  const { query, documentId, operationName, variables, extensions } = operation
  const base = typeof location === 'undefined' ? undefined : location.href
  const address = new URL(url, base)
  if (query) address.searchParams.set('query', query)
  if (documentId) address.searchParams.set('documentId', documentId)
  if (operationName) address.searchParams.set('operationName', operationName)
  if (variables) address.searchParams.set('variables', JSON.stringify(variables))
  if (extensions) address.searchParams.set('extensions', JSON.stringify(extensions))
  return address.href
}

/** As much of an `EventSource` as is used. */
export interface EventSourceLike {
  readonly readyState: number
  addEventListener: (type: string, listener: (event: object) => void) => void
  close: () => void
}

const CLOSED = 2

/** Hands on what an `EventSource` brings; the function that is returned closes it. */
export function listenToEvents<Data>(
  source: EventSourceLike,
  sink: LiveSink<Data>,
  { clock = wallClock }: { clock?: Clock } = {},
): () => void {
  const hearing = new Hearing(clock)
  let failure: LiveError | undefined
  const end = (error: LiveError | undefined) => {
    source.close()
    sink.state?.(error ? { phase: 'ended', error } : { phase: 'ended' })
    if (error) sink.error(error)
    else sink.complete()
  }
  source.addEventListener('next', (event) => {
    const { data, lastEventId } = event as { data: string; lastEventId: string }
    const result = JSON.parse(data) as LiveResult<Data>
    const delivery = readDelivery(result, lastEventId || undefined)
    failure = isFailure(result) ? errorOf(result.errors ?? []) : undefined
    if (!failure && hearing.hear(delivery)) sink.state?.(hearing.live)
    sink.next(result, delivery)
  })
  // The browser would come back for more.
  source.addEventListener('complete', () => end(failure))
  source.addEventListener('error', () => {
    if (source.readyState === CLOSED) return end(unreachable('The server refused the stream.'))
    sink.state?.(hearing.lose())
  })
  sink.state?.(hearing.attempting)
  return () => source.close()
}
