import type { Sql } from '../../setup/ledger.ts'
import type { Ground } from '../ground.ts'
import type { Watched, WatchedPicture } from '../journal.ts'
import { differences, type Finding, finding } from './finding.ts'
import { attemptOf, isPassage, isTaking, type LedgerRow } from './read-ledger.ts'
import type { Walk } from './walk-ledger.ts'

/**
 * I10: what watchers saw never falls, is true at each number, and ends with the present. A number that comes again is a
 * sign of life with the same picture: each is held against the one picture that the ledger has of its number.
 */
export function checkWatchers(watchers: readonly Watched[], walk: Walk): Finding {
  const last = walk.pictures.length
  const broken = watchers.flatMap(({ pictures }, number) => [
    ...pictures.flatMap((picture, index) => [
      ...(index > 0 && picture.seq < (pictures[index - 1]?.seq ?? 0)
        ? [`watcher ${number + 1} saw ${picture.seq} after ${pictures[index - 1]?.seq}`]
        : []),
      ...(picture.reset ? [`watcher ${number + 1} was told to begin again at ${picture.seq}`] : []),
      ...untruths(picture, walk),
    ]),
    ...(pictures.at(-1)?.seq === last
      ? []
      : [`watcher ${number + 1} saw ${pictures.at(-1)?.seq} last, the ledger ends with ${last}`]),
  ])
  const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0)
  return finding({
    rule: 'I10',
    promise:
      'over all its connections a watcher sees seq never fall and rise with each change, each picture true, the last one the present',
    numbers: `${watchers.length} watchers, ${sum(watchers.map(({ connections }) => connections))} connections, ${sum(watchers.map(({ pictures }) => pictures.length))} pictures`,
    broken,
  })
}

function untruths({ seq, inside, admitted, zones }: WatchedPicture, walk: Walk): string[] {
  const truth = walk.pictures[seq - 1]
  if (!truth) return [`number ${seq} was shown and is not in the ledger`]
  const shown = new Map([
    ['inside', inside],
    ['admitted', admitted],
    ...zones.map(({ zone, inside: bodies }): [string, number] => [zone.id, bodies]),
  ])
  const expected = new Map([['inside', truth.inside], ['admitted', truth.admitted], ...truth.zones])
  return differences(`shown at ${seq}`, shown, expected)
}

/** I5: nobody got a place that there was not. */
export async function checkQuotas(sql: Sql, { eventId, capacity, limited }: Ground): Promise<Finding> {
  const [held] = await sql.query<{ all: number; limited: number; counted: number; people: number }>(
    `SELECT count(*)::int AS all, (count(*) FILTER (WHERE ticket_type_id = $2))::int AS limited,
       (SELECT registered FROM event_counts WHERE event_id = $1) AS counted,
       (SELECT count(DISTINCT registration_id)::int FROM tickets WHERE event_id = $1) AS people
     FROM registrations WHERE event_id = $1 AND status = 'CONFIRMED'`,
    [eventId, limited.ticketTypeId],
  )
  const { all = 0, limited: sold = 0, counted = 0, people = 0 } = held ?? {}
  return finding({
    rule: 'I5',
    promise: 'no more are registered than a quota and the capacity allow',
    numbers: `${sold} of ${limited.quota} limited, ${all} of ${capacity} in all`,
    broken: [
      ...(sold > limited.quota ? [`${sold} hold one of ${limited.quota}`] : []),
      ...(all > capacity ? [`${all} are registered for ${capacity} places`] : []),
      ...(all === counted && all === people
        ? []
        : [`${all} registrations, counted ${counted}, with tickets ${people}`]),
    ],
  })
}

const BUCKET_S = 60

/** I16: reports go by the time at which somebody passed, not by that at which it was uploaded. */
export async function checkReportTimes(ground: Ground, rows: readonly LedgerRow[]): Promise<Finding> {
  const query = `query ($eventId: ID!) { ingress(eventId: $eventId, bucket: ${BUCKET_S}) { at gate { id } entries exits rejected } }`
  type Bucket = { at: string; gate: { id: string }; entries: number; exits: number; rejected: number }
  const { ingress } = await ground.organiser.ask<{ ingress: Bucket[] }>(query, { eventId: ground.eventId })
  const nameOf = (what: string, at: Date, gateId: string) =>
    `${what} of ${gateId} at ${new Date(Math.floor(at.getTime() / 1000 / BUCKET_S) * BUCKET_S * 1000).toISOString()}`
  const told = new Map(
    ingress.flatMap(({ at, gate, ...sums }) =>
      Object.entries(sums).map(([what, count]): [string, number] => [
        nameOf(what, new Date(at), gate.id),
        count,
      ]),
    ),
  )
  const expected = new Map<string, number>()
  const add = (name: string, more: number) => expected.set(name, (expected.get(name) ?? 0) + more)
  const passages = new Map<number, LedgerRow>()
  for (const row of rows) {
    if (row.gateId === null || row.effectiveAt === null || row.direction === null) continue
    const what = row.direction === 'ENTRY' ? 'entries' : 'exits'
    const passage = passages.get(attemptOf(row))
    if (isPassage(row)) passages.set(attemptOf(row), row)
    if (isPassage(row)) add(nameOf(what, row.effectiveAt, row.gateId), 1)
    else if (isTaking(row) && passage)
      add(nameOf(what, passage.effectiveAt ?? row.effectiveAt, row.gateId), -1)
    else if (row.kind === 'SCAN' && row.outcome === 'REJECTED')
      add(nameOf('rejected', row.effectiveAt, row.gateId), 1)
  }
  const late = rows.filter(({ offline, effectiveAt, recordedAt }) => {
    return offline && effectiveAt !== null && recordedAt.getTime() - effectiveAt.getTime() > BUCKET_S * 1000
  })
  return finding({
    rule: 'I16',
    promise: 'reports count a passage in the minute in which it was, also where it was uploaded later',
    numbers: `${ingress.length} buckets, ${late.length} rows uploaded more than a minute later`,
    broken: differences('report', told, expected),
  })
}
