import type { Handler } from '@headcount/messaging'
import type { Scan } from './domain/count-scans.ts'
import type { Store } from './store.ts'

/** What analytics hears of other services. */
export const consumedSubjects = ['org.*.event.*.scan.recorded']

/** Counts what gates tells; by the scans' places in the ledger, so that twice is once and no order is wrong. */
export function createHandler(store: Store): Handler {
  return async ({ organizationId, payload }) => {
    const { eventId, scans } = payload as { eventId: string; scans: Scan[] }
    await store.recordScans({ organizationId, eventId, scans })
  }
}
