import { setTimeout as sleep } from 'node:timers/promises'
import { type Caller, type Graph, openGraph } from '../../e2e/setup/graph.ts'
import { type Sql, withLedger } from '../../e2e/setup/ledger.ts'
import { makeTenant } from '../../e2e/setup/people.ts'
import { enrolScanner, openVenue } from '../../e2e/setup/venue.ts'
import type { LaneOfLoad } from './load.ts'
import type { PlatformPlace } from './platform.ts'

/** An event whose doors are open, with all that scans need. */
export interface HotEvent {
  readonly eventId: string
  /** One a scanner. */
  readonly lanes: readonly LaneOfLoad[]
}

const GATES = 8
const ROWS_PER_CALL = 500
const PROJECTED_MS = 60_000
const ENROLLED_AT_ONCE = 4
const ATTEMPTS = 5
const PAUSE_MS = 1000

/** Makes one event, loads its registrations, and enrols a scanner for each lane; its tickets are dealt to the lanes. */
export async function makeHotEvent(
  place: PlatformPlace,
  { tickets, lanes: laneCount }: { readonly tickets: number; readonly lanes: number },
): Promise<HotEvent> {
  const graph = openGraph(place.url)
  try {
    const databases = { databaseUrl: (service: string) => place.databaseUrls[service] ?? '' }
    const tenant = await makeTenant(databases, ['ORGANISER'])
    const organiser = await tenant.signIn(graph, 'ORGANISER')
    const venue = await openVenue(organiser, tenant.organizationId, {
      gates: GATES,
      capacity: tickets,
    })
    // Room for everybody: what is measured is an admission.
    const zone = { eventId: venue.eventId, name: 'Zone 1', capacity: tickets }
    await organiser.change('upsertZone', zone, '... on Zone { id }')
    const codes = await registerPeople(organiser, venue, tickets)
    const scanners = await enrolScanners(graph, organiser, { ...venue, count: laneCount })
    await withLedger(databases, (sql) => untilProjected(sql, venue.eventId, tickets))
    const lanes = scanners.map((scanner, lane) => ({
      ...scanner,
      codes: codes.filter((_, index) => index % laneCount === lane),
    }))
    return { eventId: venue.eventId, lanes }
  } finally {
    await graph.close()
  }
}

interface Ground {
  readonly eventId: string
  readonly gateIds: readonly string[]
  readonly ticketTypeIds: readonly string[]
}

const UPSERT = `mutation ($input: UpsertRegistrationsInput!) { upsertRegistrations(input: $input) {
  registration { tickets { qrPayload } } error { ... on Problem { message } } } }`

interface UpsertAnswer {
  readonly upsertRegistrations: readonly {
    readonly registration: { readonly tickets: readonly { readonly qrPayload: string }[] } | null
    readonly error: { readonly message: string } | null
  }[]
}

async function registerPeople(
  organiser: Caller,
  { eventId, ticketTypeIds: [ticketTypeId] }: Ground,
  count: number,
): Promise<string[]> {
  const codes: string[] = []
  while (codes.length < count) {
    const rows = Array.from({ length: Math.min(ROWS_PER_CALL, count - codes.length) }, (_, index) => {
      const externalId = `person-${codes.length + index + 1}`
      return { externalId, ticketTypeId, holder: { name: externalId, email: `${externalId}@example.test` } }
    })
    const answer = await organiser.ask<UpsertAnswer>(UPSERT, { input: { eventId, rows } })
    for (const { registration, error } of answer.upsertRegistrations) {
      const code = registration?.tickets[0]?.qrPayload
      if (code === undefined) throw new Error(`A registration was refused: ${error?.message}`)
      codes.push(code)
    }
  }
  return codes
}

async function enrolScanners(
  graph: Graph,
  organiser: Caller,
  { eventId, gateIds, count }: Ground & { readonly count: number },
): Promise<{ accessToken: string; gateId: string }[]> {
  const scanners: { accessToken: string; gateId: string }[] = []
  let next = 0
  const work = async () => {
    for (let lane = next++; lane < count; lane = next++) {
      const gateId = gateIds[lane % gateIds.length] ?? ''
      const { accessToken } = await again(() =>
        enrolScanner(graph, organiser, { eventId, gateIds: [gateId] }),
      )
      scanners.push({ accessToken, gateId })
    }
  }
  await Promise.all(Array.from({ length: ENROLLED_AT_ONCE }, work))
  return scanners
}

/** On a busy machine one service may not answer another in time; nothing was made then. */
async function again<Value>(work: () => Promise<Value>): Promise<Value> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work()
    } catch (error) {
      if (attempt === ATTEMPTS) throw error
      await sleep(PAUSE_MS)
    }
  }
}

/** Gates hears of tickets by messages; what it has not heard of it would ask for, one by one. */
async function untilProjected(sql: Sql, eventId: string, tickets: number): Promise<void> {
  const until = performance.now() + PROJECTED_MS
  for (;;) {
    const [row] = await sql.query<{ count: number }>(
      'SELECT count(*)::int AS count FROM tickets WHERE event_id = $1',
      [eventId],
    )
    if (row?.count === tickets) return
    if (performance.now() > until) throw new Error(`Gates has ${row?.count} of ${tickets} tickets.`)
    await sleep(50)
  }
}
