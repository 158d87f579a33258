import type { Database, Transaction } from '@headcount/database'
import { type Attempt, idOfAttempt } from '../domain/attempt.ts'
import { columnsOf, type TicketRow } from './rows.ts'

/** What an operation answers: its result, and the tickets that it had then. */
export interface Answered<Result> {
  readonly result: Result
  readonly tickets?: readonly TicketRow[]
}

/** An answer that stands already, or that the key was used for something else. */
export type Before<Result> = { answered: Answered<Result> } | 'other body'

const KEPT_HOURS = 24

interface KeptRow<Result> {
  readonly bodyHash: string
  readonly answer: Answered<Result>
}

/** What was answered to the attempt within the last 24 h. */
export async function answerBefore<Result>(
  database: Database,
  attempt: Attempt,
  now: Date,
): Promise<Before<Result> | undefined> {
  const [kept] = await database.query<KeptRow<Result>>(
    `SELECT body_hash AS "bodyHash", answer FROM idempotency_keys
     WHERE organization_id = $1 AND principal = $2 AND key = $3
       AND used_at > $4::timestamptz - make_interval(hours => ${KEPT_HOURS})`,
    [attempt.organizationId, attempt.principal, attempt.key, now],
  )
  return kept && beforeOf(kept, attempt)
}

/**
 * Takes the keys of different attempts for this transaction. Answers, by `idOfAttempt`, those that are not free: a
 * transaction that holds the same key is waited for, and its answer is the answer then.
 */
export async function claim<Result>(
  tx: Transaction,
  attempts: readonly Attempt[],
  now: Date,
): Promise<Map<string, Before<Result>>> {
  const columns = columnsOf(attempts, ['organizationId', 'principal', 'key', 'bodyHash'])
  const claimed = await tx.query<Attempt>(
    `INSERT INTO idempotency_keys AS k (organization_id, principal, key, body_hash, used_at)
     SELECT a.*, $5::timestamptz FROM unnest($1::text[], $2::text[], $3::text[], $4::text[]) AS a (o, p, k, b)
     ORDER BY o, p, k
     ON CONFLICT (organization_id, principal, key) DO UPDATE
       SET body_hash = excluded.body_hash, used_at = excluded.used_at, answer = NULL
       WHERE k.used_at <= excluded.used_at - make_interval(hours => ${KEPT_HOURS})
     RETURNING organization_id AS "organizationId", principal, key`,
    [...columns, now],
  )
  const free = new Set(claimed.map(idOfAttempt))
  const others = attempts.filter((attempt) => !free.has(idOfAttempt(attempt)))
  if (others.length === 0) return new Map()
  const kept = await tx.query<Attempt & KeptRow<Result>>(
    `SELECT organization_id AS "organizationId", principal, key, body_hash AS "bodyHash", answer
     FROM idempotency_keys WHERE (organization_id, principal, key) IN (
       SELECT * FROM unnest($1::text[], $2::text[], $3::text[]))`,
    columnsOf(others, ['organizationId', 'principal', 'key']),
  )
  const rows = new Map(kept.map((row) => [idOfAttempt(row), row]))
  return new Map(
    others.map((attempt): [string, Before<Result>] => {
      const row = rows.get(idOfAttempt(attempt))
      if (!row) throw new Error('an idempotency key that was taken is not there')
      return [idOfAttempt(attempt), beforeOf(row, attempt)]
    }),
  )
}

/** Keeps answers with the keys that this transaction took. */
export async function keepAnswers(
  tx: Transaction,
  attempts: readonly Attempt[],
  answers: readonly Answered<unknown>[],
): Promise<void> {
  await tx.query(
    `UPDATE idempotency_keys k SET answer = a.answer::jsonb
     FROM unnest($1::text[], $2::text[], $3::text[], $4::text[]) AS a (organization_id, principal, key, answer)
     WHERE k.organization_id = a.organization_id AND k.principal = a.principal AND k.key = a.key`,
    [
      ...columnsOf(attempts, ['organizationId', 'principal', 'key']),
      answers.map((answer) => JSON.stringify(answer)),
    ],
  )
}

/** Forgets answers that are older than they are kept, at most 10,000; answers how many. */
export async function forgetAnswers(database: Database, now: Date): Promise<number> {
  const forgotten = await database.query(
    `DELETE FROM idempotency_keys WHERE (organization_id, principal, key) IN (
       SELECT organization_id, principal, key FROM idempotency_keys
       WHERE used_at <= $1::timestamptz - make_interval(hours => ${KEPT_HOURS})
       ORDER BY used_at LIMIT 10000 FOR UPDATE SKIP LOCKED)
     RETURNING 1 AS gone`,
    [now],
  )
  return forgotten.length
}

function beforeOf<Result>({ bodyHash, answer }: KeptRow<Result>, attempt: Attempt): Before<Result> {
  return bodyHash === attempt.bodyHash ? { answered: revived(answer) } : 'other body'
}

/** The one moment in an answer, which JSON made a text. */
function revived<Result>(answered: Answered<Result>): Answered<Result> {
  const { result } = answered
  if (typeof result !== 'object' || result === null || !('registeredAt' in result)) return answered
  return { ...answered, result: { ...result, registeredAt: new Date(String(result.registeredAt)) } }
}
