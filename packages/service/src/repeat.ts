import type { Logger } from 'pino'
import type { Job } from './create-service.ts'

/** How a run is repeated. */
export interface RepeatOptions {
  /** Milliseconds from the beginning of one run to that of the next. */
  readonly everyMs: number
  readonly log: Pick<Logger, 'warn'>
  /** What a run that rejects is logged as, once each time; the next run is made all the same. */
  readonly failure: string
  /** Whether a failure is logged with its reason alone, not with its trace; default no. */
  readonly isBrief?: boolean
  /** Whether the first run begins at the start, not an interval later; default no. */
  readonly isFirstAtStart?: boolean
}

/**
 * A job that makes a run each interval until it is ended. Never two at once: where a run lasts longer than the interval,
 * the turns that it takes up fall away. Its end lets no run begin any more and waits for the one that is under way.
 */
export function repeat(run: () => Promise<void>, options: RepeatOptions): Job {
  return {
    start() {
      let underWay: Promise<void> | undefined
      const takeTurn = () => {
        underWay ??= attempt(run, options).finally(() => {
          underWay = undefined
        })
      }
      // It alone keeps no process alive.
      const timer = setInterval(takeTurn, options.everyMs).unref()
      if (options.isFirstAtStart) takeTurn()
      return async () => {
        clearInterval(timer)
        await underWay
      }
    },
  }
}

async function attempt(run: () => Promise<void>, { log, failure, isBrief }: RepeatOptions): Promise<void> {
  try {
    await run()
  } catch (err) {
    log.warn(isBrief ? { reason: err instanceof Error ? err.message : String(err) } : { err }, failure)
  }
}
