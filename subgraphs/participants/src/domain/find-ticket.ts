import type { Viewer } from '@headcount/access'
import type { conflict } from '@headcount/errors'
import { forbidden, notFound } from '@headcount/errors'
import { isId } from '@headcount/ids'
import type { Changes } from '../store/changes.ts'
import type { TicketRow } from '../store/rows.ts'
import { isOwn, mayManage } from './rights.ts'

/** Why a ticket is not changed. */
export type TicketRefusal =
  | ReturnType<typeof notFound>
  | ReturnType<typeof forbidden>
  | ReturnType<typeof conflict>

/** The ticket under its lock if the viewer may change it; else why not. */
export async function lockOwnTicket(
  changes: Changes,
  viewer: Viewer,
  ticketId: string,
): Promise<TicketRow | TicketRefusal> {
  const ticket = isId('ticket', ticketId)
    ? await changes.lockTicket(viewer.organizationId, ticketId)
    : undefined
  if (!ticket) return notFound('ticket')
  if (!mayManage(viewer) && !isOwn(viewer, ticket)) return forbidden('This ticket is not yours.')
  return ticket
}

/** What a ticket that was just changed is; it cannot be missing under its lock. */
export function only(tickets: readonly TicketRow[]): TicketRow {
  const [ticket] = tickets
  if (!ticket) throw new Error('a locked ticket was not changed')
  return ticket
}
