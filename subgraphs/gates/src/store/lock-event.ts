import type { Transaction } from '@headcount/database'
import type { ChangeEntry } from '../domain/ledger.ts'
import type { EventKey } from './rows.ts'

/** Locks the event's counter row, the one arbiter of its ledger. Undefined where the tenant has no such event here. */
export async function lockEvent(
  tx: Transaction,
  { organizationId, eventId }: EventKey,
): Promise<{ ledgerSeq: number } | undefined> {
  const [counter] = await tx.query<{ ledgerSeq: number }>(
    `SELECT ledger_seq AS "ledgerSeq" FROM event_counters WHERE event_id = $1 AND organization_id = $2 FOR UPDATE`,
    [eventId, organizationId],
  )
  return counter
}

/** Makes the counters of an event that is heard of for the first time. */
export async function beginEvent(tx: Transaction, { organizationId, eventId }: EventKey): Promise<void> {
  await tx.query(
    `INSERT INTO event_counters (event_id, organization_id, ledger_seq, inside, admitted) VALUES ($1, $2, 0, 0, 0)
     ON CONFLICT (event_id) DO NOTHING`,
    [eventId, organizationId],
  )
}

/** Writes changes into the ledger, after `ledgerSeq`; the caller holds the event's lock. */
export async function appendChanges(
  tx: Transaction,
  entries: readonly ChangeEntry[],
  key: EventKey & { readonly ledgerSeq: number; readonly at: Date },
): Promise<void> {
  if (entries.length === 0) return
  const rows = entries.map(({ actor, ...entry }, index) => ({
    ...entry,
    ledgerSeq: key.ledgerSeq + index + 1,
    actorKind: actor.kind,
    actorId: actor.id,
  }))
  await tx.query(
    `WITH written AS (
       INSERT INTO ledger (event_id, organization_id, recorded_at, ledger_seq, kind, actor_kind, actor_id, gate_id, detail,
         bodies)
       SELECT $1, $2, $3, entry.* FROM json_to_recordset($4::json) AS entry (
         "ledgerSeq" int, kind text, "actorKind" text, "actorId" text, "gateId" text, detail jsonb, bodies int)
     )
     UPDATE event_counters SET ledger_seq = ledger_seq + $5 WHERE event_id = $1`,
    [key.eventId, key.organizationId, key.at, JSON.stringify(rows), rows.length],
  )
}
