import { notFound } from '@headcount/errors'
import { newId } from '@headcount/ids'
import type { CloneEventInput } from '../generated/resolvers.ts'
import type { EventRow, TicketTypeRow, ZoneRow } from '../store/rows.ts'
import type { Store } from '../store/store.ts'
import { checkEvent } from './check-event.ts'
import { slugTaken } from './create-event.ts'

/** Makes a new DRAFT with the zones and ticket types of an event; all its times move by the same distance. */
export async function cloneEvent(store: Store, organizationId: string, input: CloneEventInput) {
  const [source] = await store.eventsById(organizationId, [input.eventId])
  if (!source) return notFound('event')
  const moveMs = input.startsAt.getTime() - source.startsAt.getTime()
  const event: EventRow = {
    ...source,
    id: newId('event'),
    name: input.name.trim(),
    slug: input.slug,
    status: 'DRAFT',
    version: 1,
    startsAt: input.startsAt,
    doorsOpenAt: moved(source.doorsOpenAt, moveMs),
    endsAt: moved(source.endsAt, moveMs),
  }
  const problem = checkEvent(event)
  if (problem) return problem
  const [zones = []] = await store.zonesOfEvents(organizationId, [source.id])
  const [ticketTypes = []] = await store.ticketTypesOfEvents(organizationId, [source.id])
  const isNew = await store.insertEvent(event, copyGround({ zones, ticketTypes }, event.id, moveMs))
  return isNew ? { __typename: 'Event' as const, ...event } : slugTaken(event.slug)
}

function moved(time: Date, byMs: number): Date {
  return new Date(time.getTime() + byMs)
}

function copyGround(
  ground: { zones: ZoneRow[]; ticketTypes: TicketTypeRow[] },
  eventId: string,
  moveMs: number,
) {
  const zoneIds = new Map(ground.zones.map((zone) => [zone.id, newId('zone')]))
  const copyOf = (id: string) => zoneIds.get(id) ?? id
  const zones = ground.zones.map((zone) => ({
    ...zone,
    id: copyOf(zone.id),
    eventId,
    parentId: zone.parentId && copyOf(zone.parentId),
    version: 1,
  }))
  const ticketTypes = ground.ticketTypes.map((type) => ({
    ...type,
    id: newId('ticketType'),
    eventId,
    zoneIds: type.zoneIds.map(copyOf),
    validFrom: type.validFrom && moved(type.validFrom, moveMs),
    validUntil: type.validUntil && moved(type.validUntil, moveMs),
    version: 1,
  }))
  return { zones, ticketTypes }
}
