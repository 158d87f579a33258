import { randomUUID } from 'node:crypto'
import { openAccounts } from '@headcount/auth'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Caller, type Graph, openGraph } from '../setup/graph.ts'
import { readMetric } from '../setup/metrics.ts'
import { inBothModes } from '../setup/modes.ts'
import { makeTenant } from '../setup/people.ts'
import { attemptOf, scan } from '../setup/scans.ts'
import { useHeadcount } from '../setup/use-headcount.ts'
import { eventInput, openLanes, openVenue, registerOne, type Venue } from '../setup/venue.ts'
import { EVENT_QUERY, EVENTS_QUERY, MINE_QUERY } from './queries.ts'

const FEW = 2
const MANY = 50
/** Timed work adds statements of its own to some runs; the least of several has none of it. */
const RUNS = 6

/** A tenant that has so many of everything. */
interface World {
  readonly size: number
  readonly venue: Venue
  readonly admin: Caller
  readonly attendee: Caller
}

inBothModes('one query spans five subgraphs', (services) => {
  const headcount = useHeadcount({ services })
  let graph: Graph
  let few: World
  let many: World

  beforeAll(async () => {
    graph = openGraph(headcount.now.url)
    few = await makeWorld(FEW)
    many = await makeWorld(MANY)
  })
  afterAll(() => graph?.close())

  async function makeWorld(size: number): Promise<World> {
    const tenant = await makeTenant(headcount.now, ['ADMIN', 'ATTENDEE'])
    const { organizationId } = tenant
    const accounts = openAccounts(headcount.now.databaseUrl('auth'))
    for (let member = 2; member < size; member++) {
      const email = `member-${member}@${tenant.slug}.test`
      await accounts.createUser({ organizationId, email, password: randomUUID(), roles: ['ANALYST'] })
    }
    await accounts.close()
    const admin = await tenant.signIn(graph, 'ADMIN')
    const attendee = await tenant.signIn(graph, 'ATTENDEE')
    const venue = await openVenue(admin, organizationId, { gates: size, zones: size, ticketTypes: size })
    for (const { scanner, gateId, tickets } of await openLanes(graph, admin, { venue, people: 1 })) {
      await scan(scanner, attemptOf(tickets[0]?.code ?? '', gateId, { deviceSeq: 1 }))
    }
    for (let event = 1; event < size; event++) {
      await registerOne(attendee, await publish(admin, organizationId, `Night ${event}`))
    }
    await registerOne(attendee, venue)
    return { size, venue, admin, attendee }
  }

  async function publish(admin: Caller, organizationId: string, name: string) {
    const input = eventInput(organizationId, { name })
    const { id: eventId } = await admin.change<{ id: string }>('createEvent', input, '... on Event { id }')
    const type = { eventId, name: 'General' }
    const { id } = await admin.change<{ id: string }>('upsertTicketType', type, '... on TicketType { id }')
    await admin.change(
      'transitionEvent',
      { eventId, to: 'PUBLISHED', expectedVersion: 1 },
      '... on Event { id }',
    )
    return { eventId, ticketTypeIds: [id] }
  }

  const asks = [
    {
      what: 'everything about an event',
      asked: ['analytics', 'auth', 'events', 'gates', 'participants'],
      ask: ({ admin, venue, size }: World) =>
        admin.ask<EventAnswer>(EVENT_QUERY, { eventId: venue.eventId, first: size }),
    },
    {
      what: 'a list of events',
      asked: ['analytics', 'events', 'gates', 'participants'],
      ask: ({ admin, size }: World) => admin.ask(EVENTS_QUERY, { first: size }),
    },
    {
      what: 'one’s own tickets',
      asked: ['auth', 'events', 'gates', 'participants'],
      ask: ({ attendee, size }: World) => attendee.ask(MINE_QUERY, { first: size }),
    },
  ]

  test.each(asks)(
    `$what costs as many SQL statements in each service for ${MANY} rows as for ${FEW}`,
    async ({ ask, asked }) => {
      const statements = async (world: World) => {
        const least: Record<string, number> = {}
        for (let run = 0; run < RUNS; run++) {
          const before = await readMetric(headcount.now.url, 'headcount_sql_statements_total')
          await ask(world)
          const after = await readMetric(headcount.now.url, 'headcount_sql_statements_total')
          for (const [service, count] of Object.entries(after)) {
            least[service] = Math.min(
              least[service] ?? Number.POSITIVE_INFINITY,
              count - (before[service] ?? 0),
            )
          }
        }
        return least
      }
      const forFew = await statements(few)
      const services = Object.keys(forFew).filter((service) => (forFew[service] ?? 0) > 0)
      expect(services.toSorted()).toEqual(asked)
      expect(await statements(many)).toEqual(forFew)
    },
  )

  test.each([FEW, MANY])('each service’s part of the answer is right (%i rows)', async (size) => {
    const { venue, admin } = size === FEW ? few : many
    const answer = await admin.ask<EventAnswer>(EVENT_QUERY, { eventId: venue.eventId, first: 100 })
    const { me, organization, event, occupancy } = answer
    expect(me.roles).toEqual(['ADMIN'])
    expect(organization.members).toHaveLength(size)
    expect(organization.members.map(({ id }) => id)).toContain(me.id)
    // One a lane, and the attendee, who has not come.
    const registered = size + 1
    expect(event).toMatchObject({ registeredCount: registered, admitted: size, inside: size })
    expect(event.noShowRate).toBeCloseTo(1 / registered)
    expect(event.zones.map(({ id }) => id).toSorted()).toEqual(venue.zoneIds.toSorted())
    expect(event.zones.every(({ inside, fillRatio }) => inside === 1 && fillRatio === 1 / 500)).toBe(true)
    expect(event.ticketTypes.reduce((sum, { soldCount }) => sum + soldCount, 0)).toBe(registered)
    expect(event.gates.map(({ id }) => id).toSorted()).toEqual(venue.gateIds.toSorted())
    for (const { id, status, zoneTo, devices } of event.gates) {
      const device = { credentialStatus: 'ACTIVE', lastSeq: 1, gate: { id } }
      expect({ status, zoneTo, devices }).toMatchObject({
        status: 'OPEN_BOTH',
        zoneTo: { capacity: 500, inside: 1 },
        devices: [device],
      })
    }
    expect(occupancy).toMatchObject({ inside: size, admitted: size })
    await expect
      .poll(async () => {
        const query = 'query ($id: ID) { event(id: $id) { ingress(bucket: 86400) { entries gate { id } } } }'
        const { event: now } = await admin.ask<EventAnswer>(query, { id: venue.eventId })
        return now.ingress.map(({ entries, gate }) => `${gate.id} ${entries}`).toSorted()
      })
      .toEqual(venue.gateIds.map((id) => `${id} 1`).toSorted())
    const tickets = answer.registrations.edges.flatMap(({ node }) => node.tickets)
    expect(answer.registrations.totalCount).toBe(registered)
    expect(tickets.filter(({ inside }) => inside)).toHaveLength(size)
    for (const { inside, firstAdmission, scans } of tickets) {
      expect(firstAdmission !== null).toBe(inside)
      expect(scans.edges).toHaveLength(inside ? 1 : 0)
    }
    expect(answer.scans.edges).toHaveLength(size)
    for (const { node } of answer.scans.edges) {
      expect(node).toMatchObject({
        outcome: 'ADMITTED',
        device: { name: 'Lane 1', credentialStatus: 'ACTIVE' },
        credential: { inside: true, status: 'VALID', holderName: expect.stringMatching(/^Person \d+$/) },
      })
    }
  })
})

interface EventAnswer {
  readonly me: { readonly id: string; readonly roles: readonly string[] }
  readonly organization: { readonly members: readonly { readonly id: string }[] }
  readonly event: {
    readonly noShowRate: number
    readonly zones: readonly { readonly id: string; readonly inside: number; readonly fillRatio: number }[]
    readonly ticketTypes: readonly { readonly soldCount: number }[]
    readonly gates: readonly {
      readonly id: string
      readonly status: string
      readonly zoneTo: object
      readonly devices: readonly object[]
    }[]
    readonly ingress: readonly { readonly entries: number; readonly gate: { readonly id: string } }[]
  }
  readonly occupancy: object
  readonly registrations: {
    readonly totalCount: number
    readonly edges: readonly { readonly node: { readonly tickets: readonly TicketAnswer[] } }[]
  }
  readonly scans: { readonly edges: readonly { readonly node: object }[] }
}

interface TicketAnswer {
  readonly inside: boolean
  readonly firstAdmission: object | null
  readonly scans: { readonly edges: readonly object[] }
}
