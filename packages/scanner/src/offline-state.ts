import type { TicketStatus } from '@headcount/scan-rules'
import { bytesOf } from './base64url.ts'
import type { Ground } from './ground.ts'
import type { ManifestPage } from './manifest-page.ts'
import type { Presence } from './presence.ts'

/** A ticket: credential, ticket type, state, why it is pending, when it expires. */
export type ListedTicket = readonly [
  credentialId: string,
  ticketTypeId: string,
  status: TicketStatus,
  pendingReason: string | null,
  validUntil: string | null,
]

/** What a device keeps to decide without the server. JSON; never changed, only replaced. */
export interface OfflineState {
  readonly eventId: string
  /** Of the last page that was applied; null = none was. */
  readonly cursor: string | null
  /** Whether no page followed the last one. */
  readonly hasAll: boolean
  /** When the last page was so, RFC 3339. */
  readonly asOf: string | null
  readonly ground: Ground | null
  /** Key id → Ed25519 SPKI, base64url. */
  readonly keys: Readonly<Record<string, string>>
  /** By the first 16 characters of the code's hash. */
  readonly tickets: Readonly<Record<string, ListedTicket>>
  readonly completeness: ManifestPage['completeness'] | null
  /** Whom the first page was signed by; a page that is signed by another is refused. */
  readonly signedBy: string | null
  /** Where the credentials are that this device let through, and what they did. */
  readonly presence: Readonly<Record<string, Presence>>
}

/** What a device has that has heard nothing yet. */
export function emptyState(eventId: string): OfflineState {
  return {
    ...{ eventId, cursor: null, hasAll: false, asOf: null, ground: null, keys: {}, tickets: {} },
    ...{ completeness: null, signedBy: null, presence: {} },
  }
}

/** Whether the device has every ticket of the event: no page followed the last one, and count and sum agree. */
export function isComplete({ hasAll, completeness, tickets }: OfflineState): boolean {
  if (!hasAll || !completeness) return false
  const hashes = Object.keys(tickets)
  return hashes.length === completeness.tickets && sumOf(hashes) === completeness.sum
}

/** How old the last page is, in milliseconds; Infinity where there is none. */
export function ageMs({ asOf }: OfflineState, now: Date): number {
  return asOf === null ? Number.POSITIVE_INFINITY : now.getTime() - Date.parse(asOf)
}

const SUM_MODULUS = 2 ** 32
// Eight characters are six whole bytes: the first four are wanted.
const SUMMED_CHARACTERS = 8

function sumOf(hashes: readonly string[]): number {
  let sum = 0
  for (const hash of hashes) {
    const bytes = bytesOf(hash.slice(0, SUMMED_CHARACTERS))
    if (bytes) sum = (sum + new DataView(bytes.buffer).getUint32(0)) % SUM_MODULUS
  }
  return sum
}
