import type { Viewer } from '@headcount/access'
import { conflict, forbidden, notFound } from '@headcount/errors'
import type { CancelRegistrationInput } from '../generated/resolvers.ts'
import type { Changes } from '../store/changes.ts'
import type { RegistrationRow } from '../store/rows.ts'
import { isOver } from './open-event.ts'
import { isOwn, mayManage } from './rights.ts'
import { isAlive } from './ticket-states.ts'
import type { Tools } from './tools.ts'

/**
 * Cancels a registration, frees its place, and cancels its tickets that are not dead. One that is CANCELLED stays so.
 * Who owns it cannot cancel a ticket that was handed over; who manages tickets can.
 */
export async function cancelRegistration(
  { store, lanes }: Tools,
  viewer: Viewer,
  input: CancelRegistrationInput,
) {
  const { organizationId } = viewer
  const [registration] = await store.registrations(organizationId, [input.registrationId])
  if (!registration) return notFound('registration')
  if (!mayManage(viewer) && !isOwn(viewer, registration)) return forbidden('This registration is not yours.')
  const [event] = await store.knownEvents(organizationId, [registration.eventId])
  if (isOver(event) && registration.status !== 'CANCELLED') {
    return conflict('The event is over; its registrations stay as they are.')
  }
  const work = (changes: Changes) => cancel(changes, registration, { mayManage: mayManage(viewer) })
  return lanes.run(registration.eventId, () => store.change(work))
}

async function cancel(changes: Changes, { id, eventId }: RegistrationRow, viewer: { mayManage: boolean }) {
  await changes.lockPlaces(eventId, [])
  const registration = await changes.lockRegistration(id)
  if (registration.status === 'CANCELLED') return registration
  const tickets = await changes.ticketsOfRegistration(id)
  if (!viewer.mayManage && tickets.some((ticket) => ticket.transferredFrom !== null)) {
    return conflict('The ticket was handed over: its new holder relies on it.')
  }
  const alive = tickets.filter(isAlive).map((ticket) => ticket.id)
  if (alive.length > 0) await changes.setTicketStatus(alive, 'CANCELLED')
  await changes.addPlaces(registration, new Map([[registration.ticketTypeId, -1]]))
  await changes.updateRegistrations([{ ...registration, status: 'CANCELLED' }])
  return { ...registration, status: 'CANCELLED' as const }
}
