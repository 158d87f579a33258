import { createHash, randomBytes } from 'node:crypto'
import { type Graph, openGraph } from '../../e2e/setup/graph.ts'
import { type Sql, withLedger } from '../../e2e/setup/ledger.ts'
import { makeTenant } from '../../e2e/setup/people.ts'
import { enrolScanner, openVenue, registerOne, type Ticket, type Venue } from '../../e2e/setup/venue.ts'
import { copyRows, type Patch } from './copy-rows.ts'
import { signDeviceTokens } from './device-tokens.ts'
import type { Crowd, Lane } from './lane.ts'
import type { PlatformPlace } from './platform.ts'
import { idOf } from './uuid-v7.ts'

/** How many of each there are. */
export interface CrowdSize {
  readonly events: number
  /** Gates of each event. */
  readonly gates: number
  /** Scanners, dealt to the events and gates by turns. */
  readonly lanes: number
  readonly ticketsOfLane: number
}

/** A tenant with crowds. */
export interface Ground {
  readonly organizationId: string
  /** Of an organiser, who may look. */
  readonly accessToken: string
  readonly crowds: readonly Crowd[]
}

/** One event that was made through the graph, with what its copies are made of. */
interface Template extends Venue {
  readonly organizationId: string
  readonly ticket: Ticket
  readonly deviceId: string
}

const PROJECTED_MS = 60_000
const SIGNATURE_BYTES = 64

/**
 * Makes crowds. Of each, one event with its zone, gates and ticket type, one ticket and one device are made through the
 * graph; further events, tickets and devices are copies of their rows in the tables of gates, which alone decides scans.
 */
export async function makeGround(place: PlatformPlace, sizes: readonly CrowdSize[]): Promise<Ground> {
  const graph = openGraph(place.url)
  const databases = { databaseUrl: (service: string) => place.databaseUrls[service] ?? '' }
  try {
    const tenant = await makeTenant(databases, ['ORGANISER'])
    const { accessToken } = await tenant.signIn(graph, 'ORGANISER')
    const { organizationId } = tenant
    const crowds = await withLedger(databases, async (sql) => {
      const made: Crowd[] = []
      for (const size of sizes) {
        const template = await makeTemplate(graph, { accessToken, organizationId, size })
        await untilProjected(sql, template)
        made.push(await makeCrowd(sql, { place, template, size }))
      }
      return made
    })
    return { organizationId, accessToken, crowds }
  } finally {
    await graph.close()
  }
}

async function makeTemplate(
  graph: Graph,
  by: { readonly accessToken: string; readonly organizationId: string; readonly size: CrowdSize },
): Promise<Template> {
  const { organizationId, size } = by
  const organiser = graph.as(by.accessToken)
  // Room for everybody: what is measured is an admission.
  const capacity = size.lanes * size.ticketsOfLane
  const venue = await openVenue(organiser, organizationId, { gates: size.gates, capacity })
  const zone = { eventId: venue.eventId, name: 'Zone 1', capacity }
  await organiser.change('upsertZone', zone, '... on Zone { id }')
  const ticket = await registerOne(organiser, venue)
  const { deviceId } = await enrolScanner(graph, organiser, venue)
  return { ...venue, organizationId, ticket, deviceId }
}

/** Gates hears of what was made by messages. */
async function untilProjected(sql: Sql, { ticket, deviceId }: Template): Promise<void> {
  const until = performance.now() + PROJECTED_MS
  const text = `SELECT (SELECT count(*) FROM tickets WHERE id = $1) + (SELECT count(*) FROM devices WHERE id = $2) AS rows`
  for (;;) {
    const [found] = await sql.query<{ rows: string }>(text, [ticket.ticketId, deviceId])
    if (found?.rows === '2') return
    if (performance.now() > until) throw new Error('Gates has not heard of a ticket and a device in 60 s.')
  }
}

interface CrowdParts {
  readonly place: PlatformPlace
  readonly template: Template
  readonly size: CrowdSize
}

async function makeCrowd(sql: Sql, { place, template, size }: CrowdParts): Promise<Crowd> {
  const venues = [template, ...(await copyEvents(sql, template, size.events - 1))]
  const posts = Array.from({ length: size.lanes }, (_, lane) => {
    const venue = venues[lane % venues.length] ?? template
    const gateId = venue.gateIds[Math.floor(lane / venues.length) % venue.gateIds.length] ?? ''
    return { id: idOf('dev'), gateId, venue, codes: codesLike(template.ticket.code, size.ticketsOfLane) }
  })
  const devices = posts.map(({ id, gateId, venue }): Patch => {
    return { id, event_id: venue.eventId, gate_ids: [gateId], last_seq: 0, seqs: '{}' }
  })
  const tickets = posts.flatMap(({ venue, codes }) =>
    codes.map((code): Patch => {
      const hash = createHash('sha256').update(code).digest('base64url')
      const [ticket_type_id = ''] = venue.ticketTypeIds
      return { id: idOf('tkt'), event_id: venue.eventId, ticket_type_id, code_hash: hash }
    }),
  )
  await copyRows(sql, { table: 'devices', key: ['id', template.deviceId] }, devices)
  await copyRows(sql, { table: 'tickets', key: ['id', template.ticket.ticketId] }, tickets)
  // As autovacuum would, but before it is measured.
  await sql.query('ANALYZE')
  const { organizationId } = template
  const tokens = await signDeviceTokens(
    place,
    posts.map(({ id, venue }) => ({ id, organizationId, eventId: venue.eventId })),
  )
  const lanes = posts.map(({ gateId, codes, venue }, lane): Lane => {
    return { accessToken: tokens[lane] ?? '', eventId: venue.eventId, gateId, codes }
  })
  return { lanes, eventIds: venues.map(({ eventId }) => eventId) }
}

/** A ticket's code is known online by its hash alone, so that any signature of the right length will do. */
function codesLike(code: string, count: number): string[] {
  const start = code.slice(0, code.lastIndexOf('.') + 1)
  return Array.from({ length: count }, () => start + randomBytes(SIGNATURE_BYTES).toString('base64url'))
}

/** Copies an event with its zone, its first gate and its ticket type. */
async function copyEvents(sql: Sql, template: Template, count: number): Promise<Venue[]> {
  const [zoneId = '', gateId = '', typeId = ''] = [
    ...template.zoneIds,
    template.gateIds[0] ?? '',
    ...template.ticketTypeIds,
  ]
  const venues = Array.from({ length: count }, () => ({
    eventId: idOf('evt'),
    zoneIds: [idOf('zon')],
    gateIds: [idOf('gat')],
    ticketTypeIds: [idOf('typ')],
  }))
  const patches = (patchOf: (venue: Venue) => Patch) => venues.map(patchOf)
  const event = ({ eventId }: Venue) => ({ event_id: eventId })
  const rows: [string, readonly [string, string], Patch[]][] = [
    ['events', ['id', template.eventId], patches(({ eventId }) => ({ id: eventId }))],
    [
      'event_counters',
      ['event_id', template.eventId],
      patches((venue) => ({ ...event(venue), ledger_seq: 0, inside: 0, admitted: 0 })),
    ],
    ['zones', ['id', zoneId], patches((venue) => ({ ...event(venue), id: venue.zoneIds[0] ?? '' }))],
    [
      'gates',
      ['id', gateId],
      patches((venue) => ({
        ...event(venue),
        id: venue.gateIds[0] ?? '',
        zone_to_id: venue.zoneIds[0] ?? '',
      })),
    ],
    [
      'ticket_types',
      ['id', typeId],
      patches((venue) => ({ ...event(venue), id: venue.ticketTypeIds[0] ?? '' })),
    ],
  ]
  for (const [table, key, some] of rows) await copyRows(sql, { table, key }, some)
  return venues
}
