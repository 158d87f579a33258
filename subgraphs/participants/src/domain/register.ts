import type { Viewer } from '@headcount/access'
import { codeOf, type ValidationError, validationError } from '@headcount/errors'
import { newId } from '@headcount/ids'
import type { RegisterInput } from '../generated/resolvers.ts'
import type { Answered } from '../store/answers.ts'
import type { RegistrationRow } from '../store/rows.ts'
import { checkRegister, holderOf } from './check-input.ts'
import type { EventFinder } from './find-events.ts'
import { newTickets } from './new-tickets.ts'
import { answerOf, attemptOf, type IdempotencyConflict } from './once.ts'
import { findOpenEvent } from './open-event.ts'
import type { OrderResult } from './registrar.ts'
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
): Promise<Answered<OrderResult | IdempotencyConflict>> {
  const { store, finder, keys, registrar, now } = tools
  const { organizationId } = viewer
  const problem = checkRegister(input, mayManage(viewer))
  if (problem) return { result: problem }
  const attempt = attemptOf(viewer, { operation: 'register', key: input.idempotencyKey, body: bodyOf(input) })
  const refusal = await refusalOf(finder, viewer, input)
  if (refusal) {
    // What was answered before stands, whatever became of the event since.
    const before = await store.answerBefore<OrderResult>(attempt, now())
    if (before) return answerOf(before, attempt)
    if (refusal instanceof Error) throw refusal
    return { result: refusal }
  }
  const registration = newRegistration(viewer, input, now())
  const [ticket] = await newTickets(keys, organizationId, [registration])
  if (!ticket) throw new Error('no ticket was made')
  return answerOf(await registrar.submit({ attempt, registration, ticket }), attempt)
}

/** Why the event or the ticket type cannot be registered for: an Error where that cannot be found out now. */
async function refusalOf(
  finder: EventFinder,
  viewer: Viewer,
  { eventId, ticketTypeId }: RegisterInput,
): Promise<ValidationError | Error | undefined> {
  const { organizationId } = viewer
  const wanted = { organizationId, eventId, ticketTypeIds: [ticketTypeId], mayManage: mayManage(viewer) }
  const open = await findOpenEvent(finder, wanted).catch(unavailable)
  if (!('event' in open)) return open
  return open.ticketTypes.has(ticketTypeId) ? undefined : noSuchTicketType()
}

function unavailable(error: unknown): Error {
  if (error instanceof Error && codeOf(error) === 'SUBGRAPH_UNAVAILABLE') return error
  throw error
}

function bodyOf({ eventId, ticketTypeId, holder, externalId }: RegisterInput) {
  return [eventId, ticketTypeId, holder.name, holder.email, externalId ?? null]
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
