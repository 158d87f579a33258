import { type Caller, openGraph } from '../../e2e/setup/graph.ts'
import { makeTenant } from '../../e2e/setup/people.ts'
import { attemptOf, scan } from '../../e2e/setup/scans.ts'
import { openLanes, openVenue } from '../../e2e/setup/venue.ts'
import type { PlatformPlace } from '../scans/platform.ts'

/** What there is to ask for. */
export interface World {
  readonly eventId: string
  readonly accessToken: string
}

/** An event with so many gates, zones, ticket types and people, one of whom went in at each gate. */
export async function makeWorld(place: PlatformPlace, rows: number): Promise<World> {
  const graph = openGraph(place.url)
  try {
    const tenant = await makeTenant({ databaseUrl: (service) => place.databaseUrls[service] ?? '' }, [
      'ADMIN',
    ])
    const admin = await tenant.signIn(graph, 'ADMIN')
    const size = { gates: rows, zones: rows, ticketTypes: rows }
    const venue = await openVenue(admin, tenant.organizationId, size)
    for (const { scanner, gateId, tickets } of await openLanes(graph, admin, { venue, people: 1 })) {
      await scan(scanner, attemptOf(tickets[0]?.code ?? '', gateId, { deviceSeq: 1 }))
    }
    await untilCounted(admin, { eventId: venue.eventId, rows })
    return { eventId: venue.eventId, accessToken: admin.accessToken }
  } finally {
    await graph.close()
  }
}

const COUNTED_MS = 30_000

/** Analytics hears of entries by messages: while they come, answers change. */
async function untilCounted(
  admin: Caller,
  { eventId, rows }: { eventId: string; rows: number },
): Promise<void> {
  const query = 'query ($id: ID!) { event(id: $id) { ingress(bucket: 86400) { entries } } }'
  const until = performance.now() + COUNTED_MS
  for (;;) {
    const { event } = await admin.ask<{ event: { ingress: { entries: number }[] } }>(query, { id: eventId })
    const entries = event.ingress.reduce((sum, one) => sum + one.entries, 0)
    if (entries === rows) return
    if (performance.now() > until) throw new Error(`Analytics counts ${entries} of ${rows} entries.`)
  }
}
