import { codeOf, type Database } from '@headcount/database'
import type { Outbox } from '@headcount/service'
import type { BatchChange } from '../domain/draft.ts'
import type { FactsWanted } from '../domain/facts-wanted.ts'
import { RowFault } from '../domain/scan-queue.ts'
import type { ScanFacts } from '../domain/scan-state.ts'
import { type Keyed, KeyTaken } from '../domain/second-word.ts'
import { scansRecorded } from '../events.ts'
import { KEY_TAKEN, rememberKey } from './idempotency.ts'
import { lockEvent } from './lock-event.ts'
import type { EventKey } from './rows.ts'
import { readScanFacts } from './scan-facts.ts'
import { writeScans } from './write-scans.ts'

/** What was decided under an event's lock: what it answers, and what it leaves to be written. */
export interface LedgerDecision<Answer> {
  readonly answer: Answer
  readonly change?: BatchChange
  /** The idempotency key that it was done under, and the row that it wrote. */
  readonly done?: { readonly keyed: Keyed; readonly ledgerSeq: number; readonly at: Date }
}

/** Decides by the facts that were read under the lock. Called again where the transaction is tried again. */
export type DecideUnderLock<Answer> = (facts: ScanFacts) => LedgerDecision<Answer>

// Data exceptions and broken constraints. https://www.postgresql.org/docs/18/errcodes-appendix.html
const DATA_FAULT = /^2[23]/

function decideOrBlame<Answer>(decide: DecideUnderLock<Answer>, facts: ScanFacts) {
  try {
    return decide(facts)
  } catch (error) {
    throw new RowFault(error)
  }
}

/** The writes of scans. */
export function scanWrites(database: Database, outbox: Outbox) {
  return {
    /**
     * Locks the event, reads what is wanted, lets `decide` decide, writes: one transaction, two round trips. Throws
     * RowFault where what was decided upon is at fault, KeyTaken where another call with the key was faster.
     */
    async changeLedger<Answer>(
      key: EventKey,
      wanted: FactsWanted,
      decide: DecideUnderLock<Answer>,
    ): Promise<LedgerDecision<Answer>> {
      let isKeyed = false
      const work = outbox.transaction(async (tx, publish) => {
        // Sent together: what is read is read when the lock is there, in the same round trip.
        const [counter, read] = await Promise.all([lockEvent(tx, key), readScanFacts(tx, wanted, key)])
        if (!counter) throw new Error(`event ${key.eventId} has gates and no counter`)
        const facts: ScanFacts = { ...read, ...counter }
        const decision = decideOrBlame(decide, facts)
        const { change, done } = decision
        isKeyed = done !== undefined
        if (change && change.scans.length > 0) {
          writeScans(tx, facts, change)
          publish(scansRecorded(key, change.scans))
        }
        if (done) rememberKey(tx, done.keyed, { ...done, eventId: key.eventId })
        return decision
      })
      return work.catch((error: unknown) => {
        if (isKeyed && codeOf(error) === KEY_TAKEN) throw new KeyTaken(error)
        throw DATA_FAULT.test(codeOf(error)) ? new RowFault(error) : error
      })
    },
    /** Admissions by the word of the code alone that wait to be checked, the oldest first. */
    async unsettledRechecks(limit: number) {
      return database.query<RecheckRow>(
        `SELECT event_id AS "eventId", ledger_seq AS "ledgerSeq", organization_id AS "organizationId",
           ticket_id AS "ticketId", code_hash AS "codeHash"
         FROM rechecks WHERE settled_at IS NULL ORDER BY recorded_at LIMIT $1`,
        [limit],
      )
    },
    /** Notes what came of checks: GOOD, or the reason that would have refused. */
    async settleRechecks(findings: readonly { row: RecheckRow; finding: string }[], at: Date) {
      await database.query(
        `UPDATE rechecks SET settled_at = $1, finding = found.finding
         FROM unnest($2::text[], $3::int[], $4::text[]) AS found (event_id, ledger_seq, finding)
         WHERE rechecks.event_id = found.event_id AND rechecks.ledger_seq = found.ledger_seq`,
        [
          at,
          findings.map(({ row }) => row.eventId),
          findings.map(({ row }) => row.ledgerSeq),
          findings.map(({ finding }) => finding),
        ],
      )
    },
  }
}

/** An admission to be checked. */
export interface RecheckRow extends EventKey {
  readonly ledgerSeq: number
  readonly ticketId: string
  readonly codeHash: string
}
