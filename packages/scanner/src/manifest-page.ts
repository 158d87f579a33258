import type { TicketStatus } from '@headcount/scan-rules'

/** A ticket as a scanner knows it. */
export interface ManifestTicket {
  /** The first 16 characters of its code's SHA-256 in base64url. */
  readonly codeHash: string
  readonly credentialId: string
  readonly ticketTypeId: string
  readonly status: TicketStatus
  /** NOT_PAID or NOT_APPROVED, where it is pending. */
  readonly pendingReason: string | null
  /** RFC 3339. */
  readonly validUntil: string | null
}

/** A page of the graph's `offlineManifest`, as JSON brings it. */
export interface ManifestPage {
  readonly eventId: string
  readonly tickets: readonly ManifestTicket[]
  readonly cursor: string
  readonly hasNextPage: boolean
  /** JSON of a `Ground`. */
  readonly ground: string
  /** How many tickets the event has, and the sum modulo 2^32 of the first four bytes of their code hashes. */
  readonly completeness: { readonly tickets: number; readonly sum: number }
  /** Ed25519 keys that verify ticket codes, SPKI in base64url. */
  readonly keys: readonly { readonly id: string; readonly publicKey: string }[]
  /** RFC 3339 in UTC, with milliseconds. */
  readonly asOf: string
  readonly signature: string
  readonly signedBy: string
}

/** The part of a page that is signed. */
export type UnsignedPage = Omit<ManifestPage, 'signature'>

/**
 * The text that the signature of a page covers: all its fields in a fixed order, after the cursor that it follows (null
 * = it is the first). So a page that is held back or sent again later fits nothing that a device has.
 */
export function manifestText(since: string | null, page: UnsignedPage): string {
  const { completeness, keys, tickets } = page
  return JSON.stringify([
    ...['headcount manifest 1', page.eventId, since, page.cursor, page.hasNextPage, page.asOf, page.signedBy],
    ...[page.ground, completeness.tickets, completeness.sum],
    keys.map(({ id, publicKey }) => [id, publicKey]),
    tickets.map((ticket) => [
      ...[ticket.codeHash, ticket.credentialId, ticket.ticketTypeId, ticket.status],
      ...[ticket.pendingReason ?? null, ticket.validUntil ?? null],
    ]),
  ])
}
