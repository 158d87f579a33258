import type { ClockReading } from '../graph/send.ts'

/**
 * What is known of the local clock less the server's (the offset), in milliseconds. An HTTP answer bounds it from
 * both sides, to within a second. A message's `asOf` bounds it from above only, but more sharply; and since an old
 * `asOf` looks like a large offset, the answers keep a stale first message from passing for a fresh one.
 */
export interface ServerClock {
  answers?: { least: number; most: number }
  /** The smallest `receivedAt − asOf` so far. */
  messages?: number
}

/** The `Date` header's grain. */
const SECOND_MS = 1000

export function afterAnswer(clock: ServerClock, { sentAt, receivedAt, dateMs }: ClockReading): ServerClock {
  const reading = { least: sentAt - dateMs - SECOND_MS, most: receivedAt - dateMs }
  if (!clock.answers) return { ...clock, answers: reading }
  const least = Math.max(clock.answers.least, reading.least)
  const most = Math.min(clock.answers.most, reading.most)
  if (least <= most) return { ...clock, answers: { least, most } }
  return { answers: reading } // a clock was set: what was measured before says nothing
}

export function afterMessage(clock: ServerClock, receivedAt: number, asOf: number): ServerClock {
  const bound = receivedAt - asOf
  return { ...clock, messages: Math.min(clock.messages ?? bound, bound) }
}

/** Local clock less the server's, in milliseconds: add it to a server's time to get the local one. */
export function offsetMs({ answers, messages }: ServerClock): number {
  if (!answers) return messages ?? 0
  if (messages === undefined) return (answers.least + answers.most) / 2
  return Math.min(messages, answers.most)
}
