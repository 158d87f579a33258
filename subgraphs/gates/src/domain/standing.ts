import { readTicketCode } from '@headcount/ticket-code'
import type { Attempt } from './attempt.ts'
import type { ScanState, TicketRow } from './scan-state.ts'

/** What a code is, by all that is known of it. */
export type Standing =
  /** The code of a ticket that is kept here. */
  | { readonly kind: 'known'; readonly ticket: TicketRow }
  /** Signed for a ticket that has another code by now. */
  | { readonly kind: 'replaced'; readonly ticket: TicketRow }
  /** Signed for a ticket of which nothing else can be known at the moment. */
  | { readonly kind: 'carried'; readonly ticketId: string }
  /** Signed for a ticket of another event, which is not kept here. */
  | { readonly kind: 'elsewhere'; readonly ticketId: string }
  | { readonly kind: 'unknown'; readonly isConfirmed: boolean }
  | { readonly kind: 'badSignature' }
  /** Participants has to be asked first. */
  | { readonly kind: 'lacking' }

/** How a code stands. Online it is compared by its hash alone; its signature only counts where no ticket has it. */
export function standingOf(attempt: Attempt, state: ScanState): Standing {
  const ticket = state.ticketsByHash.get(attempt.codeHash)
  if (ticket) return { kind: 'known', ticket }
  const word = attempt.codeWord
  if (!word) {
    const read = readTicketCode(attempt.code)
    const isOurs = read.kind === 'code' && read.organizationId === attempt.organizationId
    return isOurs ? { kind: 'lacking' } : { kind: 'unknown', isConfirmed: true }
  }
  if (word.kind !== 'signed') return word
  const other = state.ticketsById.get(word.ticketId)
  if (other) return { kind: 'replaced', ticket: other }
  if (word.isConfirmed) return { kind: 'unknown', isConfirmed: true }
  const { ticketId } = word
  return word.eventId === attempt.eventId ? { kind: 'carried', ticketId } : { kind: 'elsewhere', ticketId }
}

/** The credential that a code names; null where it names none. */
export function credentialOf(standing: Standing): string | null {
  if (standing.kind === 'known' || standing.kind === 'replaced') return standing.ticket.id
  if (standing.kind === 'carried' || standing.kind === 'elsewhere') return standing.ticketId
  return null
}
