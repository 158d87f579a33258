import type { Delivery } from '../src/delivery.ts'
import { createLiveClient, type LiveOperation } from '../src/live-client.ts'
import { LiveError } from '../src/live-error.ts'
import type { LiveResult } from '../src/live-result.ts'
import type { LiveState } from '../src/live-state.ts'
import type { AttemptSink, CloseReason, LiveRequest } from '../src/transport.ts'
import { ManualClock } from '../testing/manual-clock.ts'
import type { Counts } from './told.ts'

interface Attempt {
  request: LiveRequest
  sink: AttemptSink
  closed: CloseReason | undefined
}

/** How an attempt ends that failed. */
export const lost = (code = 'UNREACHABLE', retryAfterMs?: number) => ({
  error: new LiveError(code, '', { retryAfterMs }),
})

/** A subscription whose server and clock are the test’s: each attempt does what it is told. */
export function begin(operation: Partial<LiveOperation<Counts>> = {}) {
  const clock = new ManualClock()
  const attempts: Attempt[] = []
  const told: { results: [LiveResult<Counts>, Delivery][]; states: LiveState[]; ends: unknown[] } = {
    results: [],
    states: [],
    ends: [],
  }
  const client = createLiveClient(
    {
      open(request, sink) {
        const attempt: Attempt = { request, sink, closed: undefined }
        attempts.push(attempt)
        return (reason) => {
          attempt.closed = reason
        }
      },
    },
    { clock, random: () => 1 },
  )
  const stop = client.subscribe<Counts>(
    { query: 'subscription { counts { seq } }', ...operation },
    {
      next: (result, delivery) => told.results.push([result, delivery]),
      state: (state) => told.states.push(state),
      error: (error) => told.ends.push(error),
      complete: () => told.ends.push('complete'),
    },
  )
  const last = () => {
    const attempt = attempts.at(-1)
    if (!attempt) throw new Error('No attempt was made.')
    return attempt
  }
  return { clock, attempts, told, client, stop, last, state: () => told.states.at(-1) }
}
