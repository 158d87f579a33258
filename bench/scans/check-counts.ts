import { type Recount, recount, withLedger } from '../../e2e/setup/ledger.ts'
import type { Acknowledged } from './load.ts'
import type { PlatformPlace } from './platform.ts'

interface Counters {
  readonly seq: number
  readonly inside: number
  readonly rows: number
  readonly entries: number
  readonly exits: number
}

const COUNTERS = `
  SELECT ledger_seq AS seq, inside,
    (SELECT count(*)::int FROM ledger WHERE event_id = $1 AND kind = 'SCAN') AS rows,
    (SELECT coalesce(sum(entries), 0)::int FROM gate_counters WHERE event_id = $1) AS entries,
    (SELECT coalesce(sum(exits), 0)::int FROM gate_counters WHERE event_id = $1) AS exits
  FROM event_counters WHERE event_id = $1`

/**
 * Every attempt that was acknowledged is one row of the ledger, and every counter says the same as the ledger.
 * @throws Error that shows all numbers
 */
export async function checkCounts(
  place: PlatformPlace,
  eventId: string,
  acknowledged: Acknowledged,
): Promise<number> {
  const { counters, ledger } = await withLedger(
    { databaseUrl: (service) => place.databaseUrls[service] ?? '' },
    async (sql) => ({
      counters: (await sql.query<Counters>(COUNTERS, [eventId]))[0],
      ledger: await recount(sql, eventId),
    }),
  )
  const { entries, exits } = acknowledged
  const agrees =
    counters?.rows === entries + exits &&
    counters.entries === entries &&
    counters.exits === exits &&
    counters.inside === entries - exits &&
    isRecount(ledger, counters)
  if (!agrees)
    throw new Error(`The counts do not agree: ${JSON.stringify({ acknowledged, counters, ledger })}`)
  return counters.rows
}

function isRecount(ledger: Recount, { seq, inside }: Counters): boolean {
  return ledger.seq === seq && ledger.inside === inside
}
