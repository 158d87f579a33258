import { expect } from 'vitest'
import type { Delivery } from '../src/delivery.ts'
import type { LiveSink } from '../src/live-client.ts'
import type { LiveError } from '../src/live-error.ts'
import type { LiveResult } from '../src/live-result.ts'
import type { LiveState } from '../src/live-state.ts'

/** The data that the tests' servers send. */
export interface Counts {
  counts: { seq: number } | null
}

/** A result that says nothing of its position. */
export const plain = (seq: number): LiveResult<Counts> => ({ data: { counts: { seq } } })

/** A result at a position, as a server with `extensions.resume` sends it. */
export const placed = (seq: number, more: object = {}) => ({
  ...plain(seq),
  extensions: { resume: String(seq), ...more },
})

/** What comes over a real connection takes its time on a busy machine. */
export const eventually = <T>(read: () => T) => expect.poll(read, { timeout: 10_000 })

/** A sink that notes everything. */
export function noteAll() {
  const results: LiveResult<Counts>[] = []
  const deliveries: Delivery[] = []
  const states: LiveState[] = []
  const ends: (LiveError | 'complete')[] = []
  const sink: LiveSink<Counts> = {
    next: (result, delivery) => {
      results.push(result)
      deliveries.push(delivery)
    },
    state: (state) => states.push(state),
    error: (error) => ends.push(error),
    complete: () => ends.push('complete'),
  }
  return {
    sink,
    results,
    deliveries,
    states,
    ends,
    seqs: () => results.map(({ data }) => data?.counts?.seq),
    phases: () => states.map(({ phase }) => phase),
  }
}
