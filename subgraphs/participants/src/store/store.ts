import type { Database } from '@headcount/database'
import type { Outbox } from '@headcount/service'
import { type Attempt, idOfAttempt } from '../domain/attempt.ts'
import { ticketKeyChanged } from '../events.ts'
import { type Answered, answerBefore, type Before, claim, forgetAnswers, keepAnswers } from './answers.ts'
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

  /**
   * The same, for items of different attempts, and keeps their answers under the callers' keys. `work` answers those
   * whose keys are free, in their order; the others are answered what was answered before.
   */
  function changeOnce<Item extends { readonly attempt: Attempt }, Result>(
    items: readonly Item[],
    now: Date,
    work: (changes: Changes, items: readonly Item[]) => Promise<Answered<Result>[]>,
  ): Promise<Before<Result>[]> {
    return outbox.transaction(async (tx, publish) => {
      const attempts = items.map((item) => item.attempt)
      const before = await claim<Result>(tx, attempts, now)
      const free = items.filter((item) => !before.has(idOfAttempt(item.attempt)))
      const changes = createChanges(tx, publish)
      const answers = free.length > 0 ? await work(changes, free) : []
      if (answers.length !== free.length) throw new Error('not every attempt was answered')
      const fresh = free.map((item) => item.attempt)
      if (free.length > 0) await keepAnswers(tx, fresh, answers)
      changes.tell()
      const answered = answers.map((answer, index) => [fresh[index], { answered: answer }] as const)
      for (const [attempt, answer] of answered) if (attempt) before.set(idOfAttempt(attempt), answer)
      return attempts.flatMap((attempt) => before.get(idOfAttempt(attempt)) ?? [])
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
