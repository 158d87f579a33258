import { type Job, type Parts, repeat } from '@headcount/service'
import type { RecheckRow } from '../store/scan-writes.ts'
import type { Store } from '../store/store.ts'
import type { Learner } from './learn.ts'
import type { TicketRow } from './scan-state.ts'

const EVERY_MS = 2000
const AT_ONCE = 100

/** What the recheck needs. */
export interface RecheckOptions {
  readonly store: Store
  readonly learner: Learner
  readonly log: Parts['log']
  readonly now: () => Date
}

/** Holds admissions that were judged by the code alone against participants' word, as soon as it can be had. */
export function createRecheck(options: RecheckOptions): Job {
  return repeat(() => recheckTickets(options), {
    everyMs: EVERY_MS,
    log: options.log,
    failure: 'admissions could not be checked again',
  })
}

/** Checks what waits now. What cannot be asked for waits on. */
async function recheckTickets({ store, learner, log, now }: RecheckOptions): Promise<void> {
  const rows = await store.unsettledRechecks(AT_ONCE)
  if (rows.length === 0) return
  const learned = await Promise.all(rows.map((row) => learner.ticket(row.organizationId, row.ticketId)))
  const answered = rows.filter((_, index) => learned[index] === 'answered')
  const findings: { row: RecheckRow; finding: string }[] = []
  for (const [organizationId, group] of Map.groupBy(answered, (row) => row.organizationId)) {
    const tickets = await store.ticketsById(
      organizationId,
      group.map((row) => row.ticketId),
    )
    for (const [index, row] of group.entries())
      findings.push({ row, finding: findingOf(row, tickets[index]) })
  }
  for (const { row, finding } of findings) {
    if (finding !== 'GOOD') log.warn({ ...row, finding }, 'a ticket was let in by its code and is not good')
  }
  await store.settleRechecks(findings, now())
}

function findingOf(row: RecheckRow, ticket: TicketRow | undefined): string {
  if (!ticket) return 'UNKNOWN_CODE'
  if (ticket.codeHash !== row.codeHash) return 'REVOKED'
  if (ticket.status === 'PENDING') return 'NOT_PAID'
  return ticket.status === 'VALID' ? 'GOOD' : ticket.status
}
