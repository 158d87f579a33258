import { withLedger } from '../../e2e/setup/ledger.ts'
import type { Acknowledged } from './load.ts'
import type { PlatformPlace } from './platform.ts'

/** What the database holds of some events. */
interface Counts {
  readonly rows: number
  readonly entries: number
  readonly exits: number
  readonly attempts: number
  readonly counterEntries: number
  readonly counterExits: number
  readonly inside: number
  readonly inZones: number
  readonly present: number
  /** Sum of the events' highest numbers, and of their rows of any kind: the same where no number is missing. */
  readonly seqs: number
  readonly numbered: number
}

const sum = (column: string, table: string) =>
  `(SELECT coalesce(sum(${column}), 0)::int FROM ${table} WHERE event_id = ANY ($1))`

const COUNTS = `SELECT scans.*,
    (SELECT count(*)::int FROM attempts WHERE event_id = ANY ($1)) AS attempts,
    ${sum('entries', 'gate_counters')} AS "counterEntries", ${sum('exits', 'gate_counters')} AS "counterExits",
    ${sum('inside', 'event_counters')} AS inside, ${sum('bodies', 'zone_counters')} AS "inZones",
    ${sum('bodies', 'presence')} AS present, ${sum('ledger_seq', 'event_counters')} AS seqs
  FROM (SELECT
      count(*) FILTER (WHERE kind = 'SCAN')::int AS rows,
      count(*) FILTER (WHERE kind = 'SCAN' AND outcome = 'ADMITTED' AND direction = 'ENTRY')::int AS entries,
      count(*) FILTER (WHERE kind = 'SCAN' AND outcome = 'ADMITTED' AND direction = 'EXIT')::int AS exits,
      count(DISTINCT (event_id, ledger_seq))::int AS numbered
    FROM ledger WHERE event_id = ANY ($1)) AS scans`

/**
 * Every attempt that was acknowledged is one row of the ledger, and every counter and presence say the same as the ledger.
 * Answers the rows.
 * @throws Error that shows all numbers
 */
export async function checkCounts(
  place: PlatformPlace,
  eventIds: readonly string[],
  { entries, exits }: Pick<Acknowledged, 'entries' | 'exits'>,
): Promise<number> {
  const databases = { databaseUrl: (service: string) => place.databaseUrls[service] ?? '' }
  const [counts] = await withLedger(databases, (sql) => sql.query<Counts>(COUNTS, [eventIds]))
  const equal: [number | undefined, number | undefined][] = [
    [counts?.rows, entries + exits],
    [counts?.attempts, entries + exits],
    [counts?.entries, entries],
    [counts?.exits, exits],
    [counts?.counterEntries, entries],
    [counts?.counterExits, exits],
    [counts?.inside, entries - exits],
    [counts?.inZones, entries - exits],
    [counts?.present, entries - exits],
    [counts?.seqs, counts?.numbered],
  ]
  if (equal.every(([is, should]) => is === should)) return entries + exits
  throw new Error(`The counts do not agree: ${JSON.stringify({ acknowledged: { entries, exits }, counts })}`)
}
