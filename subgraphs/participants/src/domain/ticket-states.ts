import type { TicketStatus } from '../generated/resolvers.ts'

const aliveStates: readonly TicketStatus[] = ['PENDING', 'VALID', 'BLOCKED']

/** Whether a ticket can still change: REVOKED, CANCELLED, EXPIRED and TRANSFERRED are for ever. */
export function isAlive({ status }: { status: TicketStatus }): boolean {
  return aliveStates.includes(status)
}
