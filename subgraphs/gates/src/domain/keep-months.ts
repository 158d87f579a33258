import { type Job, type Parts, repeat } from '@headcount/service'
import type { Store } from '../store/store.ts'

const EVERY_MS = 3_600_000
/** The present month and those after it. */
const MONTHS_AHEAD = 4

/** What keeping the months needs. */
export interface MonthsOptions {
  readonly store: Pick<Store, 'makeLedgerMonths' | 'archiveLedgerMonths' | 'strayLedgerRows' | 'forgetKeys'>
  readonly log: Pick<Parts['log'], 'info' | 'warn' | 'error'>
  readonly now: () => Date
  /** How many months stay in the ledger after their end; undefined = all. */
  readonly keptMonths: number | undefined
}

/** Makes the ledger's months ahead and archives old ones, every hour. */
export function createMonthKeeper(options: MonthsOptions): Job {
  return repeat(() => keepMonths(options), {
    everyMs: EVERY_MS,
    log: options.log,
    failure: 'the months of the ledger could not be kept',
    isFirstAtStart: true,
  })
}

/** Does now what is due. */
export async function keepMonths({ store, log, now, keptMonths }: MonthsOptions): Promise<void> {
  const at = now()
  const made = await store.makeLedgerMonths(at, MONTHS_AHEAD)
  if (made > 0) log.info({ made }, 'made months of the ledger ahead')
  if (keptMonths !== undefined) {
    const archived = await store.archiveLedgerMonths(monthsBefore(at, keptMonths))
    if (archived.length > 0) log.info({ archived }, 'archived months of the ledger')
  }
  const stray = await store.strayLedgerRows()
  if (stray > 0) log.error({ stray }, 'rows of the ledger lie in no month: look at the clock of this machine')
  await store.forgetKeys(at)
}

function monthsBefore(at: Date, months: number): Date {
  return new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth() - months, 1))
}
