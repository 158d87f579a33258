import type { Viewer } from '@headcount/access'
import { conflict, fieldChecks, type ValidationError } from '@headcount/errors'
import { newId } from '@headcount/ids'
import type { TransferTicketInput } from '../generated/resolvers.ts'
import type { Answered } from '../store/answers.ts'
import type { Changes } from '../store/changes.ts'
import type { TicketRow } from '../store/rows.ts'
import { checkHolder, checkIdempotencyKey, holderOf } from './check-input.ts'
import { lockOwnTicket, type TicketRefusal } from './find-ticket.ts'
import { answerOf, attemptOf, type IdempotencyConflict, once } from './once.ts'
import { isOver } from './open-event.ts'
import type { CodeMark } from './ticket-keys.ts'
import type { Tools } from './tools.ts'

type NewTicket = Pick<TicketRow, 'id' | 'holderName' | 'holderEmail'> & CodeMark

/**
 * Gives a VALID ticket to another holder: a new ticket in the same registration, which belongs to no account, and the
 * old one is TRANSFERRED.
 */
export async function transferTicket(
  tools: Tools,
  viewer: Viewer,
  input: TransferTicketInput,
): Promise<Answered<Result | ValidationError | IdempotencyConflict>> {
  const { store, keys, now } = tools
  const { organizationId } = viewer
  const { ticketId, holder, idempotencyKey: key } = input
  const checks = fieldChecks()
  checkHolder(checks, holder)
  checkIdempotencyKey(checks, key)
  const problem = checks.problem()
  if (problem) return { result: problem }
  const body = [ticketId, holder.name, holder.email]
  const attempt = attemptOf(viewer, { operation: 'transferTicket', key, body })
  const before = await store.answerBefore<Result>(attempt, now())
  if (before) return answerOf(before, attempt)
  const [ticket] = await store.tickets(organizationId, [ticketId])
  const id = newId('ticket', now().getTime())
  // The code is signed before the lock is taken; where there is no such ticket none is needed.
  const [mark] = ticket ? await keys.sign(organizationId, [{ ...ticket, id, issue: 1 }]) : []
  const [event] = ticket ? await store.knownEvents(organizationId, [ticket.eventId]) : []
  const successor = mark && { id, ...holderOf(holder), ...mark }
  const work = (changes: Changes) =>
    handOver(changes, viewer, { ticketId, successor, isEventOver: isOver(event) })
  return once<Result>(tools, attempt, work)
}

type Result = TicketRow | TicketRefusal

interface HandOver {
  readonly ticketId: string
  readonly successor: NewTicket | undefined
  readonly isEventOver: boolean
}

async function handOver(
  changes: Changes,
  viewer: Viewer,
  { ticketId, successor, isEventOver }: HandOver,
): Promise<Answered<Result>> {
  const ticket = await lockOwnTicket(changes, viewer, ticketId)
  if (ticket.__typename !== 'Ticket') return { result: ticket }
  if (isEventOver)
    return { result: conflict('The event is over; its tickets stay as they are.', ticket.version) }
  if (ticket.status !== 'VALID') {
    const message = `The ticket is ${ticket.status}; only a VALID one can be handed over.`
    return { result: conflict(message, ticket.version) }
  }
  if (!successor) throw new Error('the new ticket was not prepared')
  const next: TicketRow = {
    ...ticket,
    ...successor,
    userId: null,
    statusReason: null,
    transferredFrom: ticket.id,
    version: 1,
  }
  await changes.setTicketStatus([ticket.id], 'TRANSFERRED')
  await changes.insertTickets([next])
  return { result: next }
}
