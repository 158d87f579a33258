import type { Caller, Graph } from './graph.ts'
import { makeTenant, type Tenant } from './people.ts'
import { attemptOf, scan } from './scans.ts'
import type { Headcount } from './start-headcount.ts'
import { enrolScanner, openVenue, registerMany, type Scanner, type Ticket, type Venue } from './venue.ts'

/** A tenant with an event in which something has happened. */
export interface House {
  readonly tenant: Tenant
  readonly venue: Venue
  readonly slug: string
  readonly admin: Caller
  readonly supervisor: Caller
  readonly analyst: Caller
  readonly attendee: Caller
  readonly scanner: Scanner
  /** The first is inside; the others have not come. */
  readonly tickets: readonly Ticket[]
}

const PEOPLE = 4

/** Makes a tenant that has one of everything, with people, a scanner and somebody inside. */
export async function makeHouse(headcount: Pick<Headcount, 'databaseUrl'>, graph: Graph): Promise<House> {
  const tenant = await makeTenant(headcount, ['ADMIN', 'GATE_SUPERVISOR', 'ANALYST', 'ATTENDEE'])
  const admin = await tenant.signIn(graph, 'ADMIN')
  const venue = await openVenue(admin, tenant.organizationId, { gates: 2, zones: 2, ticketTypes: 2 })
  const tickets = await registerMany(admin, venue, PEOPLE)
  const scanner = await enrolScanner(graph, admin, venue)
  const [gateId = ''] = venue.gateIds
  await scan(scanner, attemptOf(tickets[0]?.code ?? '', gateId, { deviceSeq: 1 }))
  type Found = { event: { slug: string } }
  const { event } = await admin.ask<Found>('query ($id: ID) { event(id: $id) { slug } }', {
    id: venue.eventId,
  })
  return {
    tenant,
    venue,
    slug: event.slug,
    admin,
    supervisor: await tenant.signIn(graph, 'GATE_SUPERVISOR'),
    analyst: await tenant.signIn(graph, 'ANALYST'),
    attendee: await tenant.signIn(graph, 'ATTENDEE'),
    scanner,
    tickets,
  }
}
