import type { GraphClient } from './graph-client.ts'
import { createOrganiser, makeEvent } from './load-event.ts'
import { signIn } from './session.ts'

/** What {@link loadRival} needs. */
export interface RivalOptions {
  readonly client: GraphClient
  readonly password: string
  readonly organizationId: string
  readonly signal: AbortSignal
}

const people = 100
const hour = 3_600_000

/** Loads the second, small tenant, which shows that tenants do not see one another. */
export async function loadRival({ client, password, organizationId, signal }: RivalOptions): Promise<void> {
  const session = await signIn(client, { email: 'organiser@rival.headcount.test', password }, signal)
  const organiser = createOrganiser(client, session, signal)
  const startsAt = new Date(Date.now() + 24 * hour)
  const { id: eventId } = await makeEvent(organiser, {
    organizationId,
    name: 'Rival Night',
    slug: 'rival-night',
    doorsOpenAt: new Date(startsAt.getTime() - hour),
    startsAt,
    endsAt: new Date(startsAt.getTime() + 4 * hour),
  })
  const type = { eventId, name: 'General', quota: 500 }
  const { id: ticketTypeId } = await organiser.change<{ id: string }>('UpsertTicketType', type)
  const rows = Array.from({ length: people }, (_, person) => ({
    externalId: String(person),
    ticketTypeId,
    holder: { name: `Guest ${person}`, email: `guest-${person}@example.test` },
  }))
  await organiser.ask('UpsertRegistrations', { input: { eventId, rows } })
}
