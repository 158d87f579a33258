import type { Viewer } from '@headcount/access'
import { fieldChecks } from '@headcount/errors'
import { isId } from '@headcount/ids'
import type { RevokeTicketsInput } from '../generated/resolvers.ts'
import type { Changes } from '../store/changes.ts'
import { isAlive } from './ticket-states.ts'
import type { Tools } from './tools.ts'

/** Revokes up to 1,000 tickets for ever. One that was dead already stays what it was. */
export async function revokeTickets({ store }: Tools, viewer: Viewer, input: RevokeTicketsInput) {
  const { ticketIds, reason } = input
  const checks = fieldChecks()
  checks.list('ticketIds', ticketIds, { minimum: 1, maximum: 1000 })
  checks.text('reason', reason, { minimum: 1, maximum: 500 })
  const problem = checks.problem()
  if (problem) return problem
  const ids = [...new Set(ticketIds)]
  const { organizationId } = viewer
  return store.change((changes) => revoke(changes, organizationId, { ids, reason: reason.trim() }))
}

async function revoke(
  changes: Changes,
  organizationId: string,
  { ids, reason }: { ids: string[]; reason: string },
) {
  const possible = ids.filter((id) => isId('ticket', id))
  const found = await changes.lockTickets(organizationId, possible)
  const alive = found.filter(isAlive).map((ticket) => ticket.id)
  const revoked = alive.length > 0 ? await changes.setTicketStatus(alive, 'REVOKED', reason) : []
  const byId = new Map([...found, ...revoked].map((ticket) => [ticket.id, ticket]))
  return {
    __typename: 'RevokedTickets' as const,
    tickets: ids.flatMap((id) => byId.get(id) ?? []),
    notFound: ids.filter((id) => !byId.has(id)),
  }
}
