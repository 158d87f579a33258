import type { Database } from '@headcount/database'
import type { Outbox } from '@headcount/service'
import { ticketKeyChanged } from '../events.ts'
import {
  type Answered,
  type Attempt,
  answerBefore,
  type Before,
  claim,
  forgetAnswers,
  keepAnswer,
} from './answers.ts'
import { type Changes, createChanges } from './changes.ts'
import { createKnown } from './known.ts'
import { createReads } from './reads.ts'
import type { TicketKeyRow } from './rows.ts'

export type Store = ReturnType<typeof createStore>

/** The one door to the database of participants. */
export function createStore(database: Database, outbox: Outbox) {
  return {
    ...createReads(database),
    ...createKnown(database),
    ...createWrites(outbox),
    answerBefore: <Result>(attempt: Attempt, now: Date) => answerBefore<Result>(database, attempt, now),
    forgetAnswers: (now: Date) => forgetAnswers(database, now),
  }
}

function createWrites(outbox: Outbox) {
  /** Makes changes in one transaction, and tells the others of them. */
  function change<Result>(work: (changes: Changes) => Promise<Result>): Promise<Result> {
    return outbox.transaction(async (tx, publish) => {
      const changes = createChanges(tx, publish)
      const result = await work(changes)
      changes.tell()
      return result
    })
  }

  /** The same, and keeps the answer under the caller's key; what was answered before is answered again. */
  function changeOnce<Result>(
    attempt: Attempt,
    now: Date,
    work: (changes: Changes) => Promise<Answered<Result>>,
  ): Promise<Before<Result>> {
    return outbox.transaction(async (tx, publish) => {
      const before = await claim<Result>(tx, attempt, now)
      if (before) return before
      const changes = createChanges(tx, publish)
      const answered = await work(changes)
      await keepAnswer(tx, attempt, answered)
      changes.tell()
      return { answered }
    })
  }

  /** Keeps the organization's first ticket key and tells the others; does nothing when it has one. */
  async function addTicketKey(row: TicketKeyRow): Promise<void> {
    await outbox.transaction(async (tx, publish) => {
      const written = await tx.query(
        `INSERT INTO ticket_keys (id, organization_id, public_key, sealed_private_key, created_at)
         VALUES ($1, $2, $3, $4, $5) ON CONFLICT (organization_id) DO NOTHING RETURNING id`,
        [row.id, row.organizationId, row.publicKey, row.sealedPrivateKey, row.createdAt],
      )
      if (written.length > 0) publish(ticketKeyChanged(row))
    })
  }

  return { change, changeOnce, addTicketKey }
}
