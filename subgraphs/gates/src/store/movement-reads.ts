import { wayThrough } from '@headcount/scan-rules'
import type { Movement } from '../domain/movements.ts'
import type { ScanFacts } from '../domain/scan-state.ts'

/** A movement as it is read, or, with nothing but its id, a credential whose movements are read. */
export interface RawMovement {
  readonly kind: 'passage' | 'removal' | 'credential'
  /** Of a removal null: it took out whoever was there. */
  readonly credentialId: string | null
  readonly ledgerSeq: number
  readonly at: string
  readonly direction: 'ENTRY' | 'EXIT' | null
  readonly zoneFromId: string | null
  readonly zoneToId: string | null
  readonly gateId: string | null
  readonly deviceId: string | null
  readonly place: string | null
}

/**
 * All movements at event $2 of credentials, as rows of {@link RawMovement}: the passages that stand, by their gates' ways
 * as they are now, and what resets took out, each once for all whom it concerns. `which` gives the credentials' ids.
 */
function movementsOfSql(which: string): string {
  return `WITH wanted AS MATERIALIZED (SELECT DISTINCT id FROM (${which}) AS asked (id) WHERE id IS NOT NULL)
  SELECT 'passage' AS kind, ledger.credential_id AS "credentialId", ledger.ledger_seq AS "ledgerSeq",
    ledger.effective_at AS at, ledger.direction, gates.zone_from_id AS "zoneFromId", gates.zone_to_id AS "zoneToId",
    ledger.gate_id AS "gateId", ledger.device_id AS "deviceId", NULL AS place
  FROM wanted JOIN ledger ON ledger.credential_id = wanted.id JOIN gates ON gates.id = ledger.gate_id
    JOIN attempts ON attempts.organization_id = ledger.organization_id AND attempts.scan_id = ledger.scan_id
  WHERE ledger.event_id = $2 AND ledger.outcome = 'ADMITTED' AND ledger.kind IN ('SCAN', 'OFFLINE_ADMISSION', 'COUNTED')
    AND attempts.undo_seq IS NULL AND coalesce(attempts.link_seq, ledger.ledger_seq) = ledger.ledger_seq
  UNION ALL
  SELECT 'removal', resets.credential_id, resets.ledger_seq, resets.effective_at, NULL, NULL, NULL, NULL, NULL,
    resets.place_id
  FROM resets
  WHERE resets.event_id = $2 AND EXISTS (SELECT FROM wanted)
    AND (resets.credential_id IS NULL OR resets.credential_id IN (SELECT id FROM wanted))
  UNION ALL
  SELECT 'credential', id, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL FROM wanted`
}

/**
 * Those of a batch: of the tickets with code hashes $3 that have moved, or whose bodies could have been taken out, after
 * the times $4; and of the attempts $5 (by scanId) that may be taken back. One without a credential stands for itself:
 * of it only what took bodies out is known, under its scanId.
 */
export const movementsSql = movementsOfSql(`
  SELECT tickets.id FROM unnest($3::text[], $4::timestamptz[]) AS late (code_hash, at)
    JOIN tickets ON tickets.organization_id = $1 AND tickets.code_hash = late.code_hash
  WHERE EXISTS (SELECT FROM presence WHERE presence.event_id = $2 AND presence.credential_id = tickets.id
      AND presence.last_movement_at > late.at)
    OR EXISTS (SELECT FROM resets WHERE resets.event_id = $2 AND resets.effective_at > late.at)
  UNION ALL
  SELECT coalesce(ledger.credential_id, attempts.scan_id) FROM attempts
    JOIN ledger ON ledger.event_id = attempts.event_id AND ledger.ledger_seq = attempts.ledger_seq
      AND ledger.recorded_at = attempts.recorded_at
  WHERE attempts.organization_id = $1 AND attempts.scan_id = ANY ($5::text[])`)

/** The movements in the rows, those of each credential together. */
export function movementsIn(rows: readonly RawMovement[], eventId: string): ScanFacts['movements'] {
  const removals = rows
    .filter(({ kind }) => kind === 'removal')
    .map(({ credentialId, ledgerSeq, at, place }) => {
      const movement: Movement = { kind: 'removal', ledgerSeq, at: new Date(at), place }
      return { credentialId, movement }
    })
  return rows.flatMap((row) => {
    const { kind, credentialId } = row
    if (credentialId === null || kind === 'removal') return []
    if (kind === 'passage') return [{ credentialId, movement: passageOf(row, eventId) }]
    return removals
      .filter((one) => one.credentialId === null || one.credentialId === credentialId)
      .map(({ movement }) => ({ credentialId, movement }))
  })
}

function passageOf(raw: RawMovement, eventId: string): Movement {
  const { ledgerSeq, direction, gateId, deviceId, zoneFromId, zoneToId } = raw
  if (direction === null || gateId === null) throw new Error(`row ${ledgerSeq} is a passage without a gate`)
  const way = wayThrough({ eventId, zoneFromId, zoneToId }, direction)
  return { kind: 'passage', ledgerSeq, at: new Date(raw.at), gateId, deviceId, ...way }
}
