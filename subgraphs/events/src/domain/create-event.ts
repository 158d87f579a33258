import { conflict, validationError } from '@headcount/errors'
import { newId } from '@headcount/ids'
import type { CreateEventInput } from '../generated/resolvers.ts'
import type { EventRow } from '../store/rows.ts'
import type { Store } from '../store/store.ts'
import { checkEvent } from './check-event.ts'

/** Makes an event in DRAFT. */
export async function createEvent(store: Store, organizationId: string, input: CreateEventInput) {
  if (input.organizationId !== organizationId) {
    return validationError({ path: 'organizationId', message: 'There is no such organization.' })
  }
  const event: EventRow = {
    id: newId('event'),
    organizationId,
    name: input.name.trim(),
    slug: input.slug,
    status: 'DRAFT',
    version: 1,
    capacity: input.capacity,
    autoOpen: input.autoOpen ?? false,
    startsAt: input.startsAt,
    doorsOpenAt: input.doorsOpenAt,
    endsAt: input.endsAt,
    timeZone: input.timeZone,
  }
  const problem = checkEvent(event)
  if (problem) return problem
  const isNew = await store.insertEvent(event)
  return isNew ? { __typename: 'Event' as const, ...event } : slugTaken(event.slug)
}

/** The answer when a slug is another event's. */
export function slugTaken(slug: string) {
  return conflict(`Another event of your organization has the slug "${slug}".`)
}
