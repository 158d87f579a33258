import { conflict, notFound } from '@headcount/errors'
import type { UpdateEventInput } from '../generated/resolvers.ts'
import type { EventRow } from '../store/rows.ts'
import type { Store } from '../store/store.ts'
import { checkEvent } from './check-event.ts'
import { slugTaken } from './create-event.ts'

/** Changes an event if it still has the version that the caller read. */
export async function updateEvent(store: Store, organizationId: string, input: UpdateEventInput) {
  const { eventId, expectedVersion, ...fields } = input
  const result = await store.changeEvent({ organizationId, eventId }, ({ event }) => {
    if (event.version !== expectedVersion) return { answer: versionPassed(event.version) }
    const next = { ...event, ...given(fields), version: event.version + 1 }
    const problem = checkEvent(next)
    if (problem) return { answer: problem }
    return { change: { event: next }, answer: { __typename: 'Event' as const, ...next } }
  })
  if (result === undefined) return notFound('event')
  return result === 'taken' ? slugTaken(input.slug ?? '') : result.answer
}

/** The answer when somebody else was faster. */
export function versionPassed(version: number) {
  return conflict(`The event has changed since you read it; it is at version ${version} now.`, version)
}

/** The fields that were given; one that is left out or null stays as it is. */
function given(fields: Omit<UpdateEventInput, 'eventId' | 'expectedVersion'>): Partial<EventRow> {
  const entries = Object.entries(fields).filter(([, value]) => value !== null && value !== undefined)
  return Object.fromEntries(entries)
}
