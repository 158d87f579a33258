import type { Job, Parts } from '@headcount/service'
import type { OccupancyPublisher } from './publish-occupancy.ts'

// Listeners are promised a sign of life every 2 s.
const EVERY_MS = 1500

/** Shows the listeners of counts every 1.5 s that their numbers are fresh. */
export function createBeat({ publisher, log }: { publisher: OccupancyPublisher; log: Parts['log'] }): Job {
  return {
    start() {
      let beating: Promise<void> | undefined
      const timer = setInterval(() => {
        beating ??= publisher
          .beat()
          .catch((err: Error) =>
            // Every beat while pub/sub is away: a line, not a trace.
            log.warn({ reason: err.message }, 'listeners could not be shown that their counts are fresh'),
          )
          .finally(() => {
            beating = undefined
          })
      }, EVERY_MS)
      timer.unref()
      return async () => {
        clearInterval(timer)
        await beating
      }
    },
  }
}
