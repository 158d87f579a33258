import type { PublicEvent } from '../generated/resolvers.ts'
import type { Store } from '../store/store.ts'
import { publicStates } from './event-states.ts'

/** What everybody may know of an event; undefined when there is none or it is not public yet. */
export async function readPublicEvent(
  store: Store,
  key: { organizationSlug: string; slug: string },
): Promise<PublicEvent | undefined> {
  const organization = await store.organizationBySlug(key.organizationSlug)
  if (!organization) return undefined
  const event = await store.eventBySlug(organization.id, key.slug)
  if (!event || !publicStates.includes(event.status)) return undefined
  const [zones = []] = await store.zonesOfEvents(organization.id, [event.id])
  return { ...event, zoneNames: zones.map((zone) => zone.name) }
}
