import { type Job, type Parts, repeat } from '@headcount/service'
import type { OccupancyPublisher } from './publish-occupancy.ts'

// Listeners are promised a sign of life every 2 s.
const EVERY_MS = 1500

/** Shows the listeners of counts every 1.5 s that their numbers are fresh. */
export function createBeat({ publisher, log }: { publisher: OccupancyPublisher; log: Parts['log'] }): Job {
  return repeat(() => publisher.beat(), {
    everyMs: EVERY_MS,
    log,
    failure: 'listeners could not be shown that their counts are fresh',
    // Every beat while pub/sub is away: a line, not a trace.
    isBrief: true,
  })
}
