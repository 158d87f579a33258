import type { Database, Transaction } from '@headcount/database'
import { isId } from '@headcount/ids'
import { countScans, type GateSecond, type Scan } from './domain/count-scans.ts'
import { type IngressQuestion, maximumBuckets, proposedBuckets } from './domain/ingress-question.ts'
import type { IngressSecond } from './generated/prisma/client.ts'

/** What passed a gate in one bucket. */
export interface BucketRow extends Pick<IngressSecond, 'entries' | 'firstEntries' | 'exits' | 'rejected'> {
  readonly eventId: string
  readonly gateId: string
  /** When the bucket begins. */
  readonly at: Date
}

/** Scans of one event, as gates told them. */
export interface RecordedScans {
  readonly organizationId: string
  readonly eventId: string
  readonly scans: readonly Scan[]
}

/** What several events are asked at once: the same question of each. */
export interface EventsQuestion extends Omit<IngressQuestion, 'eventId'> {
  readonly organizationId: string
  readonly eventIds: readonly string[]
}

export type Store = ReturnType<typeof createStore>

/** The one door to the database of analytics. */
export function createStore(database: Database) {
  return {
    /** Counts the scans that are not counted yet, by `ledgerSeq`: twice is once, in any order. */
    recordScans: (recorded: RecordedScans) =>
      database.transaction(async (tx) => {
        const counted = await lockCounted(tx, recorded)
        const fresh = recorded.scans.filter(({ ledgerSeq }) => !counted.has(ledgerSeq))
        if (fresh.length > 0) await addScans(tx, recorded, fresh)
      }),
    /** The buckets of each event, the earliest first; at most one more than an answer may have. */
    async ingress(question: EventsQuestion): Promise<BucketRow[][]> {
      const rows = await database.read<BucketRow>(
        `SELECT "eventId", "gateId", at, entries, "firstEntries", exits, rejected FROM (
           SELECT event_id AS "eventId", gate_id AS "gateId", date_bin(make_interval(secs => $6), second, 'epoch') AS at,
             sum(entries)::int AS entries, sum(first_entries)::int AS "firstEntries", sum(exits)::int AS exits,
             sum(rejected)::int AS rejected,
             row_number() OVER (PARTITION BY event_id ORDER BY date_bin(make_interval(secs => $6), second, 'epoch'), gate_id)
               AS position
           FROM ingress_seconds WHERE ${ofQuestion} GROUP BY event_id, gate_id, at
         ) bucket WHERE position <= $7 ORDER BY "eventId", position`,
        [...paramsOf(question), question.bucket, maximumBuckets + 1],
      )
      const byEvent = Map.groupBy(rows, ({ eventId }) => eventId)
      return question.eventIds.map((id) => byEvent.get(id) ?? [])
    },
    /** The shortest proposed bucket with which an event's answer is not too long; undefined where none is. */
    async fittingBucket({ eventId, ...question }: IngressQuestion & { organizationId: string }) {
      const longer = proposedBuckets.filter((bucket) => bucket > question.bucket)
      const [row] = await database.read<{ bucket: number }>(
        `SELECT bucket FROM unnest($6::int[]) bucket WHERE (
           SELECT count(DISTINCT (gate_id, date_bin(make_interval(secs => bucket), second, 'epoch')))
           FROM ingress_seconds WHERE ${ofQuestion}) <= $7
         ORDER BY bucket LIMIT 1`,
        [...paramsOf({ ...question, eventIds: [eventId] }), longer, maximumBuckets],
      )
      return row?.bucket
    },
  }
}

// A moment within a second means its beginning, so that spans that meet neither overlap nor leave a gap.
const ofQuestion = `organization_id = $1 AND event_id = ANY ($2)
  AND ($3::timestamptz IS NULL OR second >= date_trunc('second', $3::timestamptz))
  AND ($4::timestamptz IS NULL OR second < date_trunc('second', $4::timestamptz)) AND ($5::text IS NULL OR gate_id = $5)`

function paramsOf({ organizationId, eventIds, from, to, gateId }: EventsQuestion): unknown[] {
  const known = eventIds.filter((id) => isId('event', id))
  // What has not the shape of a gate's id is no gate; an empty text is none either.
  const gate = gateId == null || isId('gate', gateId) ? gateId : ''
  return [organizationId, known, from ?? null, to ?? null, gate ?? null]
}

/** Locks an event's set of counted scans; answers which of the given ones are in it. */
async function lockCounted(
  tx: Transaction,
  { organizationId, eventId, scans }: RecordedScans,
): Promise<Set<number>> {
  const lock = `SELECT ARRAY(SELECT sequence FROM unnest($2::int[]) sequence WHERE sequence <@ sequences) AS counted
     FROM counted_ledgers WHERE event_id = $1 FOR UPDATE`
  const params = [eventId, scans.map(({ ledgerSeq }) => ledgerSeq)]
  const [known] = await tx.query<{ counted: number[] }>(lock, params)
  if (known) return new Set(known.counted)
  await tx.query(
    `INSERT INTO counted_ledgers (event_id, organization_id, sequences) VALUES ($1, $2, '{}')
     ON CONFLICT (event_id) DO NOTHING`,
    [eventId, organizationId],
  )
  const [made] = await tx.query<{ counted: number[] }>(lock, params)
  return new Set(made?.counted)
}

/** Adds scans to the counts and notes them as counted, in one statement. */
async function addScans(tx: Transaction, { organizationId, eventId }: RecordedScans, scans: readonly Scan[]) {
  const seconds = countScans(scans)
  const column = <K extends keyof GateSecond>(key: K) => seconds.map((cell) => cell[key])
  const sequences = `{${scans.map(({ ledgerSeq }) => `[${ledgerSeq},${ledgerSeq}]`).join(',')}}`
  await tx.query(
    `WITH noted AS (
       UPDATE counted_ledgers SET sequences = sequences + $3::int4multirange WHERE event_id = $1
     )
     INSERT INTO ingress_seconds AS had
       (event_id, organization_id, gate_id, second, entries, first_entries, exits, rejected)
     SELECT $1, $2, cell.* FROM unnest($4::text[], $5::timestamptz[], $6::int[], $7::int[], $8::int[], $9::int[]) cell
     ON CONFLICT (event_id, second, gate_id) DO UPDATE SET entries = had.entries + excluded.entries,
       first_entries = had.first_entries + excluded.first_entries, exits = had.exits + excluded.exits,
       rejected = had.rejected + excluded.rejected`,
    [
      ...[eventId, organizationId, sequences, column('gateId'), column('second')],
      ...[column('entries'), column('firstEntries'), column('exits'), column('rejected')],
    ],
  )
}
