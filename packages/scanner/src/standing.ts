import { base64urlOf } from './base64url.ts'
import { verifyEd25519 } from './ed25519.ts'
import type { ListedTicket, OfflineState } from './offline-state.ts'
import { readCode } from './read-code.ts'
import { hashesById } from './tickets-by-id.ts'

/** What a code is, by all that the device knows of it. */
export type Standing =
  /** The code of a ticket in the list. */
  | { readonly kind: 'known'; readonly ticket: ListedTicket }
  /** Signed for a ticket that has another code by now. */
  | { readonly kind: 'replaced'; readonly ticket: ListedTicket }
  /** Signed for a ticket of this event that is not in the list: it may have been sold since. */
  | { readonly kind: 'carried'; readonly ticketId: string }
  /** Signed for a ticket of another event. */
  | { readonly kind: 'elsewhere'; readonly ticketId: string }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'badSignature' }

const HASH_CHARACTERS = 16

/** The key of a code in the list of tickets: the first 16 characters of its SHA-256 in base64url. */
export async function hashCode(code: string): Promise<string> {
  const digest = await globalThis.crypto.subtle.digest('SHA-256', new TextEncoder().encode(code))
  return base64urlOf(new Uint8Array(digest)).slice(0, HASH_CHARACTERS)
}

/** How a code stands. One that is in the list is good without a look at its signature, as online. */
export async function standingOf(code: string, state: OfflineState): Promise<Standing> {
  const listed = state.tickets[await hashCode(code)]
  if (listed) return { kind: 'known', ticket: listed }
  const read = readCode(code)
  const publicKey = read && state.keys[read.keyId]
  const isOurs = read?.organizationId === state.ground?.event.organizationId
  if (!read || !isOurs || publicKey === undefined) return { kind: 'unknown' }
  const { signed: text, signature, ticketId, eventId } = read
  if (!(await verifyEd25519({ text, signature, publicKey }))) return { kind: 'badSignature' }
  const other = state.tickets[hashesById(state.tickets).get(ticketId) ?? '']
  if (other) return { kind: 'replaced', ticket: other }
  return eventId === state.eventId ? { kind: 'carried', ticketId } : { kind: 'elsewhere', ticketId }
}

/** The credential that a code names; null where it names none. */
export function credentialOf(standing: Standing): string | null {
  if ('ticket' in standing) return standing.ticket[0]
  return 'ticketId' in standing ? standing.ticketId : null
}
