import { codeOf, type Transaction } from '@headcount/database'
import { type Place, zoneTree } from '@headcount/scan-rules'
import type { Outbox } from '@headcount/service'
import type { Actor } from '../domain/attempt.ts'
import type { ZoneRow } from '../domain/ground.ts'
import { type Keyed, KeyTaken } from '../domain/second-word.ts'
import { presenceReset } from '../events.ts'
import { KEY_TAKEN, rememberKey } from './idempotency.ts'
import { appendChanges, lockEvent } from './lock-event.ts'
import { type EventKey, zoneColumns } from './rows.ts'

/** Whose bodies are taken out, by whom and why. */
export interface ResetOrder extends EventKey {
  /** A place, and all that lies in it; or one credential. */
  readonly what: { readonly place: string } | { readonly credentialId: string }
  readonly kind: 'RESET' | 'AUTO_EXIT'
  /** Of an automatic exit, the day that it belongs to: there is one a place and day. */
  readonly day: string | null
  readonly actor: Actor
  readonly reason: string
  readonly at: Date
  readonly keyed?: Keyed | undefined
}

/** What a reset did. */
export interface ResetRow {
  readonly ledgerSeq: number
  readonly bodies: number
}

interface Emptied {
  readonly placeId: string
  readonly bodies: number
}

/** The writes that take bodies out. */
export function resetWrites(outbox: Outbox) {
  return {
    /**
     * Takes bodies out, under the event's lock, by one row of the ledger. Undefined where the tenant has no such event,
     * or where that day's automatic exit was made already. Rejects with KeyTaken where another
     * call with the key was faster.
     */
    async resetPresence(order: ResetOrder): Promise<ResetRow | undefined> {
      const work = outbox.transaction(async (tx, publish) => {
        const counter = await lockEvent(tx, order)
        if (!counter) return undefined
        const ledgerSeq = counter.ledgerSeq + 1
        await noteReset(tx, order, ledgerSeq)
        const emptied = await empty(tx, order)
        const bodies = emptied.reduce((sum, place) => sum + place.bodies, 0)
        const { actor, kind, reason, what, day, keyed, at } = order
        const places = Object.fromEntries(emptied.map((place) => [place.placeId, place.bodies]))
        const detail = { ...what, reason, places, ...(day !== null && { day }) }
        await appendChanges(tx, [{ kind, actor, gateId: null, detail, bodies }], { ...order, ...counter })
        tx.send('UPDATE event_counters SET inside = inside - $2 WHERE event_id = $1', [order.eventId, bodies])
        if (keyed) rememberKey(tx, keyed, { eventId: order.eventId, ledgerSeq, at })
        publish(presenceReset(order, { ledgerSeq, bodies }))
        return { ledgerSeq, bodies }
      })
      return work.catch((error: unknown) => {
        if (order.day !== null && codeOf(error) === '23505') return undefined
        if (order.keyed && codeOf(error) === KEY_TAKEN) throw new KeyTaken(error)
        throw error
      })
    },
  }
}

async function noteReset(tx: Transaction, order: ResetOrder, ledgerSeq: number): Promise<void> {
  const { eventId, what, day, at } = order
  const place: Place = 'place' in what && what.place !== eventId ? what.place : null
  // The ground is all places. Its day is kept under the event's id.
  const placeId = place ?? (day === null || 'credentialId' in what ? null : eventId)
  await tx.query(
    `INSERT INTO resets (event_id, ledger_seq, place_id, credential_id, day, effective_at)
     VALUES ($1, $2, $3, $4, $5, $6)`,
    [eventId, ledgerSeq, placeId, 'credentialId' in what ? what.credentialId : null, day, at],
  )
}

async function empty(tx: Transaction, { eventId, what, at }: ResetOrder): Promise<Emptied[]> {
  if ('credentialId' in what) {
    const emptied = await tx.query<Emptied>(
      `WITH before AS (
         SELECT place_id, bodies FROM presence WHERE event_id = $1 AND credential_id = $2 AND bodies > 0
       ), emptied AS (
         UPDATE presence SET bodies = 0, is_reset = true, last_movement_at = $3
         WHERE event_id = $1 AND credential_id = $2 AND bodies > 0
       ), counted AS (
         UPDATE zone_counters SET bodies = zone_counters.bodies - before.bodies FROM before
         WHERE zone_counters.place_id = before.place_id AND zone_counters.event_id = $1
       )
       SELECT place_id AS "placeId", bodies FROM before`,
      [eventId, what.credentialId, at],
    )
    return emptied
  }
  const places = await placesWithin(tx, eventId, what.place)
  return tx.query<Emptied>(
    `WITH before AS (
       SELECT place_id, bodies FROM zone_counters WHERE event_id = $1 AND place_id = ANY ($2) AND bodies > 0
     ), emptied AS (
       UPDATE presence SET bodies = 0, is_reset = true, last_movement_at = $3
       WHERE event_id = $1 AND place_id = ANY ($2) AND bodies > 0
     ), counted AS (
       UPDATE zone_counters SET bodies = 0 WHERE event_id = $1 AND place_id = ANY ($2)
     )
     SELECT place_id AS "placeId", bodies FROM before`,
    [eventId, places, at],
  )
}

async function placesWithin(tx: Transaction, eventId: string, root: string): Promise<string[]> {
  const zones = await tx.query<ZoneRow>(`SELECT ${zoneColumns} FROM zones WHERE event_id = $1`, [eventId])
  const tree = zoneTree(eventId, zones)
  return [eventId, ...zones.map(({ id }) => id)].filter((place) => tree.isWithin(place, root))
}
