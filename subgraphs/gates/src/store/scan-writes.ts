import { codeOf, type Database } from '@headcount/database'
import type { Outbox } from '@headcount/service'
import type { Attempt } from '../domain/attempt.ts'
import type { BatchChange, Decision } from '../domain/decide-batch.ts'
import { RowFault } from '../domain/scan-queue.ts'
import type { ScanFacts } from '../domain/scan-state.ts'
import { scansRecorded } from '../events.ts'
import { lockEvent } from './lock-event.ts'
import type { EventKey } from './rows.ts'
import { readScanFacts } from './scan-facts.ts'
import { writeScans } from './write-scans.ts'

/** What a batch came to. */
export interface BatchOutcome {
  readonly decisions: readonly Decision[]
  readonly change: BatchChange
}

/** Decides a batch by the facts that were read under the lock. Called again where the transaction is tried again. */
export type DecideBatch = (facts: ScanFacts) => BatchOutcome

// Data exceptions and broken constraints. https://www.postgresql.org/docs/18/errcodes-appendix.html
const DATA_FAULT = /^2[23]/

function decideOrBlame(decide: DecideBatch, facts: ScanFacts): BatchOutcome {
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
     * Locks the event, reads what the attempts need, lets `decide` decide, writes: one transaction. Throws RowFault
     * where one of the attempts is at fault.
     */
    async recordBatch(
      key: EventKey,
      attempts: readonly Attempt[],
      decide: DecideBatch,
    ): Promise<BatchOutcome> {
      const work = outbox.transaction(async (tx, publish) => {
        const counter = await lockEvent(tx, key)
        if (!counter) throw new Error(`event ${key.eventId} has gates and no counter`)
        const facts = await readScanFacts(tx, attempts, { ...key, ...counter })
        const outcome = decideOrBlame(decide, facts)
        if (outcome.change.scans.length > 0) {
          await writeScans(tx, facts, outcome.change)
          publish(scansRecorded(key, outcome.change.scans))
        }
        return outcome
      })
      return work.catch((error: unknown) => {
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
