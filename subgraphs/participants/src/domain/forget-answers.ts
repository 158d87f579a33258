import { type Job, type Parts, repeat } from '@headcount/service'
import type { Store } from '../store/store.ts'

const EVERY_MS = 10 * 60_000

/** What the sweeper needs. */
interface SweeperOptions extends Pick<Parts, 'now'> {
  readonly log: Pick<Parts['log'], 'info' | 'warn'>
  readonly store: Pick<Store, 'forgetAnswers'>
}

/** Forgets every 10 minutes what was answered to idempotency keys more than 24 hours ago. */
export function createAnswerSweeper(options: SweeperOptions): Job {
  return repeat(() => forgetOldAnswers(options), {
    everyMs: EVERY_MS,
    log: options.log,
    failure: 'could not forget answers to old idempotency keys',
  })
}

/** Forgets what is due now. A database that does not answer is for the next time. */
export async function forgetOldAnswers({ store, now, log }: SweeperOptions): Promise<void> {
  const forgotten = await store.forgetAnswers(now())
  if (forgotten > 0) log.info({ forgotten }, 'forgot answers to old idempotency keys')
}
