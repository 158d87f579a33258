import type { Viewer } from '@headcount/access'
import { type ValidationError, validationError } from '@headcount/errors'
import { newId } from '@headcount/ids'
import type { SoldOutProblem } from '../errors.ts'
import type { RegisterInput } from '../generated/resolvers.ts'
import type { Answered } from '../store/answers.ts'
import type { Changes } from '../store/changes.ts'
import type { RegistrationRow, TicketRow } from '../store/rows.ts'
import { checkRegister, holderOf } from './check-input.ts'
import { newTickets } from './new-tickets.ts'
import { answerOf, attemptOf, type IdempotencyConflict } from './once.ts'
import { findOpenEvent } from './open-event.ts'
import { createPlaceBook } from './places.ts'
import { mayManage } from './rights.ts'
import type { Tools } from './tools.ts'

/**
 * Registers one person and issues the ticket, in one transaction with the place that it takes. Who does not manage
 * tickets registers for their own account only.
 */
export async function register(
  tools: Tools,
  viewer: Viewer,
  input: RegisterInput,
): Promise<Answered<Result | IdempotencyConflict>> {
  const { store, finder, keys, now } = tools
  const { organizationId } = viewer
  const problem = checkRegister(input, mayManage(viewer))
  if (problem) return { result: problem }
  const attempt = attemptOf(viewer, { operation: 'register', key: input.idempotencyKey, body: bodyOf(input) })
  const before = await store.answerBefore<Result>(attempt, now())
  if (before) return answerOf(before, attempt)
  const { eventId, ticketTypeId } = input
  const wanted = { organizationId, eventId, ticketTypeIds: [ticketTypeId], mayManage: mayManage(viewer) }
  const open = await findOpenEvent(finder, wanted)
  if (!('event' in open)) return { result: open }
  if (!open.ticketTypes.has(ticketTypeId)) return { result: noSuchTicketType() }
  const registration = newRegistration(viewer, input, now())
  const [ticket] = await newTickets(keys, organizationId, [registration])
  if (!ticket) throw new Error('no ticket was made')
  const work = (changes: Changes) => takePlace(changes, registration, ticket)
  return answerOf(await store.changeOnce<Result>(attempt, now(), work), attempt)
}

type Result = RegistrationRow | SoldOutProblem | ValidationError

function bodyOf({ eventId, ticketTypeId, holder, externalId }: RegisterInput) {
  return [eventId, ticketTypeId, holder.name, holder.email, externalId ?? null]
}

async function takePlace(
  changes: Changes,
  registration: RegistrationRow,
  ticket: TicketRow,
): Promise<Answered<Result>> {
  const { eventId, ticketTypeId } = registration
  const places = createPlaceBook(await changes.lockPlaces(eventId, [ticketTypeId]))
  const refusal = places.take(ticketTypeId)
  if (refusal) return { result: refusal }
  const [written] = await changes.insertRegistrations([registration])
  if (!written) return { result: externalIdTaken() }
  await changes.insertTickets([ticket])
  await changes.addPlaces(registration, places.taken)
  return { result: registration, tickets: [ticket] }
}

function newRegistration(viewer: Viewer, input: RegisterInput, now: Date): RegistrationRow {
  return {
    __typename: 'Registration',
    id: newId('registration', now.getTime()),
    organizationId: viewer.organizationId,
    eventId: input.eventId,
    ticketTypeId: input.ticketTypeId,
    userId: mayManage(viewer) ? null : viewer.id,
    externalId: input.externalId?.trim() ?? null,
    ...holderOf(input.holder),
    status: 'CONFIRMED',
    registeredAt: now,
  }
}

/** The refusal of a ticket type that the event does not have. */
export function noSuchTicketType(path = 'ticketTypeId'): ValidationError {
  return validationError({ path, message: 'The event has no such ticket type.' })
}

function externalIdTaken(): ValidationError {
  const message = 'Another registration of the event has this externalId.'
  return validationError({ path: 'externalId', message })
}
