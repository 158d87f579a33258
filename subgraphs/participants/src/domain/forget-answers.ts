import type { Job, Parts } from '@headcount/service'
import type { Store } from '../store/store.ts'

const EVERY_MS = 10 * 60_000

/** What the sweeper needs. */
interface SweeperOptions extends Pick<Parts, 'now'> {
  readonly log: Pick<Parts['log'], 'info' | 'warn'>
  readonly store: Pick<Store, 'forgetAnswers'>
}

/** Forgets every 10 minutes what was answered to idempotency keys more than 24 hours ago. */
export function createAnswerSweeper(options: SweeperOptions): Job {
  return {
    start() {
      let running = Promise.resolve()
      const timer = setInterval(() => {
        running = running.then(() => forgetOldAnswers(options))
      }, EVERY_MS)
      return () => {
        clearInterval(timer)
        return running
      }
    },
  }
}

/** Forgets what is due now. A database that does not answer is for the next time. */
export async function forgetOldAnswers({ store, now, log }: SweeperOptions): Promise<void> {
  try {
    const forgotten = await store.forgetAnswers(now())
    if (forgotten > 0) log.info({ forgotten }, 'forgot answers to old idempotency keys')
  } catch (error) {
    log.warn({ err: error }, 'could not forget answers to old idempotency keys')
  }
}
