import type { Interruption } from '@headcount/live-client'
import type { EventTimes } from '../words/times.ts'

/** How long the page goes on saying that it saw nothing for a time. */
const SAID_FOR_MS = 60_000
/** Heartbeats come every 2 s: below this nothing was missed that is not missed between any two of them. */
const WORTH_SAYING_MS = 3000

/** What to say after the connection came back; undefined when there is nothing to say, any more. */
export function describeInterruption(
  interruption: Interruption | undefined,
  { now, offsetMs, times }: { now: number; offsetMs: number; times: EventTimes },
): string | undefined {
  if (
    !interruption ||
    now - interruption.to > SAID_FOR_MS ||
    interruption.to - interruption.from < WORTH_SAYING_MS
  )
    return undefined
  const [from, to] = [interruption.from, interruption.to].map((at) => times.second(at - offsetMs))
  return `No counts from ${from} to ${to}; ${OUTCOMES[interruption.outcome]}.`
}

/** Each message holds all counts: whatever was missed, the newest one is exact. */
const OUTCOMES: Readonly<Record<Interruption['outcome'], string>> = {
  unchanged: 'nothing changed meanwhile',
  continued: 'the number is exact again',
  gap: 'the number is exact again',
  unknown: 'the number is exact again',
  reset: 'counting has begun anew since',
}
