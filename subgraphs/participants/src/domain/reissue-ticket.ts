import type { Viewer } from '@headcount/access'
import { conflict, fieldChecks, type ValidationError } from '@headcount/errors'
import type { ReissueTicketInput } from '../generated/resolvers.ts'
import type { Answered } from '../store/answers.ts'
import type { Changes } from '../store/changes.ts'
import type { TicketRow } from '../store/rows.ts'
import { checkIdempotencyKey } from './check-input.ts'
import { lockOwnTicket, only, type TicketRefusal } from './find-ticket.ts'
import { answerOf, attemptOf, type IdempotencyConflict, once } from './once.ts'
import { isAlive } from './ticket-states.ts'
import type { Tools } from './tools.ts'

/** Gives a ticket that is not dead a new code; the old code is dead. */
export async function reissueTicket(
  tools: Tools,
  viewer: Viewer,
  input: ReissueTicketInput,
): Promise<Answered<Result | ValidationError | IdempotencyConflict>> {
  const { store, now } = tools
  const { ticketId, idempotencyKey: key } = input
  const checks = fieldChecks()
  checkIdempotencyKey(checks, key)
  const problem = checks.problem()
  if (problem) return { result: problem }
  const attempt = attemptOf(viewer, { operation: 'reissueTicket', key, body: [ticketId] })
  const before = await store.answerBefore<Result>(attempt, now())
  if (before) return answerOf(before, attempt)
  // Makes the organization's key ready, so that the signature under the lock needs no other connection.
  await tools.keys.sign(viewer.organizationId, [])
  const work = (changes: Changes) => reissue(changes, tools, { viewer, ticketId })
  return once<Result>(tools, attempt, work)
}

type Result = TicketRow | TicketRefusal

async function reissue(
  changes: Changes,
  { keys }: Tools,
  { viewer, ticketId }: { viewer: Viewer; ticketId: string },
): Promise<Answered<Result>> {
  const ticket = await lockOwnTicket(changes, viewer, ticketId)
  if (ticket.__typename !== 'Ticket') return { result: ticket }
  if (!isAlive(ticket)) {
    const message = `The ticket is ${ticket.status}; it gets no new code.`
    return { result: conflict(message, ticket.version) }
  }
  const [mark] = await keys.sign(ticket.organizationId, [{ ...ticket, issue: ticket.issue + 1 }])
  if (!mark) throw new Error('no code was signed')
  return { result: only(await changes.setTicketCode({ id: ticket.id, ...mark })) }
}
