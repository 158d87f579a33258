import type { Database } from '@headcount/database'
import { type ZoneTree, zoneTree } from '@headcount/scan-rules'
import { expect } from 'vitest'

interface LedgerRow {
  readonly seq: number
  readonly kind: string
  readonly scanId: string | null
  readonly credentialId: string | null
  readonly gateId: string | null
  readonly direction: 'ENTRY' | 'EXIT' | null
  readonly outcome: string | null
  readonly unmatched: boolean
  readonly isFirstAdmission: boolean
  readonly from: string | null
  readonly to: string | null
  readonly bodies: number | null
  readonly detail: { place?: string; credentialId?: string; places?: Record<string, number> } | null
}

/** Numbers by name; what is nothing is left out. */
type Counts = Map<string, number>

/** All counts of an event. */
interface Picture {
  readonly seq: number
  inside: number
  admitted: number
  /** place → bodies directly in it. */
  readonly places: Counts
  /** `credential place` → its bodies there. */
  readonly presence: Counts
  /** `gate entries`, `gate exits`, `gate rejected`. */
  readonly gates: Counts
}

function add(counts: Counts, key: string, more: number): void {
  const sum = (counts.get(key) ?? 0) + more
  if (sum === 0) counts.delete(key)
  else counts.set(key, sum)
}

/** Holds all counts of an event against what follows from the rows of its ledger alone, and answers them. */
export async function expectAgreement(database: Database, eventId: string): Promise<Picture> {
  const told = await fromLedger(database, eventId)
  const kept = await fromTables(database, eventId)
  expect(sorted(kept)).toEqual(sorted(told))
  return kept
}

function sorted({ places, presence, gates, ...rest }: Picture) {
  const list = (counts: Counts) => [...counts].sort(([a], [b]) => (a < b ? -1 : 1))
  return { ...rest, places: list(places), presence: list(presence), gates: list(gates) }
}

async function fromLedger(database: Database, eventId: string): Promise<Picture> {
  const rows = await database.query<LedgerRow>(
    `SELECT ledger_seq AS seq, kind, scan_id AS "scanId", credential_id AS "credentialId", gate_id AS "gateId",
       direction, outcome, unmatched, is_first_admission AS "isFirstAdmission", from_place AS "from", to_place AS "to",
       bodies, detail FROM ledger WHERE event_id = $1 ORDER BY ledger_seq`,
    [eventId],
  )
  const zones = await database.query<{ id: string; parentId: string | null }>(
    `SELECT id, parent_id AS "parentId" FROM zones WHERE event_id = $1`,
    [eventId],
  )
  const tree = zoneTree(eventId, zones)
  const picture = emptyPicture(rows.length)
  for (const [index, row] of rows.entries()) {
    expect(row.seq).toBe(index + 1)
    if (row.bodies !== null) takeOut(picture, row, { tree, eventId })
    else move(picture, row)
    const lowest = Math.min(0, picture.inside, ...picture.places.values(), ...picture.presence.values())
    expect([row.seq, lowest]).toEqual([row.seq, 0])
  }
  const standing = rows.filter((row) => isEntry(row) && !rows.some((other) => takesBack(other, row)))
  const named = standing.flatMap(({ credentialId }) => credentialId ?? [])
  expect(picture.admitted).toBe(new Set(named).size)
  return picture
}

const emptyPicture = (seq: number): Picture => ({
  ...{ seq, inside: 0, admitted: 0, places: new Map(), presence: new Map(), gates: new Map() },
})

const isEntry = ({ outcome, direction }: LedgerRow) => outcome === 'ADMITTED' && direction === 'ENTRY'
const isTaking = ({ kind }: LedgerRow) => kind === 'UNDO' || kind === 'NOT_ENTERED'
const takesBack = (other: LedgerRow, row: LedgerRow) => isTaking(other) && other.scanId === row.scanId

/** A body moves on rows that admit or take back, and on no others. */
function move(picture: Picture, row: LedgerRow): void {
  const { gateId, credentialId, outcome, direction, kind, from, to } = row
  if (outcome === null) return
  const isBack = isTaking(row)
  const gate = (what: string, more: number) => add(picture.gates, `${gateId} ${what}`, more)
  if (outcome === 'REJECTED' && !isBack && kind !== 'DISMISSED') gate('rejected', 1)
  if (outcome !== 'ADMITTED' && !isBack) return
  gate(direction === 'ENTRY' ? 'entries' : 'exits', isBack ? -1 : 1)
  if (row.isFirstAdmission) picture.admitted += isBack ? -1 : 1
  if (row.unmatched) return
  const shift = (place: string | null, more: number) => {
    if (place === null) return
    add(picture.places, place, more)
    if (credentialId !== null) add(picture.presence, `${credentialId} ${place}`, more)
  }
  shift(from, -1)
  shift(to, 1)
  picture.inside += Number(from === null) - Number(to === null)
}

/** A reset takes out what its row says, and that is all that was there. */
function takeOut(
  picture: Picture,
  { bodies, detail }: LedgerRow,
  { tree, eventId }: { tree: ZoneTree; eventId: string },
): void {
  const root = detail?.place ?? eventId
  const isMeant = (key: string) => {
    const [credentialId, place = ''] = key.split(' ')
    return detail?.credentialId === undefined
      ? tree.isWithin(place, root)
      : credentialId === detail.credentialId
  }
  for (const key of [...picture.presence.keys()]) if (isMeant(key)) picture.presence.delete(key)
  let removed = 0
  for (const [place, count] of Object.entries(detail?.places ?? {})) {
    add(picture.places, place, -count)
    removed += count
  }
  if (detail?.credentialId === undefined)
    for (const place of picture.places.keys()) expect(tree.isWithin(place, root)).toBe(false)
  expect(bodies).toBe(removed)
  picture.inside -= removed
}

async function fromTables(database: Database, eventId: string): Promise<Picture> {
  const of = <Row extends object>(sql: string) => database.query<Row>(sql, [eventId])
  const [counter] = await of<{ seq: number; inside: number; admitted: number }>(
    'SELECT ledger_seq AS seq, inside, admitted FROM event_counters WHERE event_id = $1',
  )
  if (!counter) throw new Error(`event ${eventId} has no counter`)
  const picture: Picture = { ...emptyPicture(counter.seq), ...counter }
  type Row = { id: string; place: string; bodies: number; entries: number; exits: number; rejected: number }
  for (const row of await of<Row>('SELECT place_id AS id, bodies FROM zone_counters WHERE event_id = $1'))
    add(picture.places, row.id, row.bodies)
  for (const row of await of<Row>(
    'SELECT credential_id AS id, place_id AS place, bodies FROM presence WHERE event_id = $1',
  ))
    add(picture.presence, `${row.id} ${row.place}`, row.bodies)
  for (const row of await of<Row>(
    'SELECT gate_id AS id, entries, exits, rejected FROM gate_counters WHERE event_id = $1',
  ))
    for (const what of ['entries', 'exits', 'rejected'] as const)
      add(picture.gates, `${row.id} ${what}`, row[what])
  return picture
}
