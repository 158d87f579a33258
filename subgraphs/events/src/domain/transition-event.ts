import { notFound } from '@headcount/errors'
import type { EventStatus, TransitionEventInput } from '../generated/resolvers.ts'
import type { Store } from '../store/store.ts'
import { transitions } from './event-states.ts'
import { versionPassed } from './update-event.ts'

/** Moves an event to another state if there is such a move and it still has the version that the caller read. */
export async function transitionEvent(store: Store, organizationId: string, input: TransitionEventInput) {
  const { eventId, to, expectedVersion } = input
  const result = await store.changeEvent({ organizationId, eventId }, ({ event }) => {
    if (event.version !== expectedVersion) return { answer: versionPassed(event.version) }
    if (!transitions[event.status].includes(to)) return { answer: invalidTransition(event.status, to) }
    const next = { ...event, status: to, version: event.version + 1 }
    return { change: { event: next }, answer: { __typename: 'Event' as const, ...next } }
  })
  if (result === undefined || result === 'taken') return notFound('event')
  return result.answer
}

function invalidTransition(from: EventStatus, to: EventStatus) {
  const allowed = [...transitions[from]]
  const message =
    allowed.length > 0
      ? `An event that is ${from} cannot become ${to}; it can become ${allowed.join(', ')}.`
      : `An event that is ${from} stays so.`
  return { __typename: 'InvalidTransition' as const, message, from, to, allowed }
}
