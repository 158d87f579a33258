import { bytesOf } from './base64url.ts'
import { verifyEd25519 } from './ed25519.ts'
import { readGround } from './ground.ts'
import { ManifestError } from './manifest-error.ts'
import { type ManifestPage, manifestText } from './manifest-page.ts'
import type { ListedTicket, OfflineState } from './offline-state.ts'
import { hashesById } from './tickets-by-id.ts'

/**
 * Adds a page, which must follow the last one that was added, and answers the new state. Throws a ManifestError, and
 * nothing changes, where the page is another event's, is signed by another key than the first one, was changed, or does
 * not follow the last one.
 */
export async function applyPage(state: OfflineState, page: ManifestPage): Promise<OfflineState> {
  await verifyPage(state, page)
  const ground = readGround(page.ground, state.eventId)
  const { cursor, hasNextPage, asOf, keys, completeness, signedBy } = page
  return {
    ...{ ...state, cursor, hasAll: !hasNextPage, asOf, ground, completeness, signedBy },
    keys: Object.fromEntries(keys.map(({ id, publicKey }) => [id, publicKey])),
    tickets: withTickets(state, page),
  }
}

async function verifyPage(state: OfflineState, page: ManifestPage): Promise<void> {
  if (page.eventId !== state.eventId)
    throw new ManifestError(`The manifest is of ${page.eventId}; this device scans for ${state.eventId}.`)
  if (state.signedBy !== null && page.signedBy !== state.signedBy)
    throw new ManifestError('The manifest is signed by another key than before: enrol this device anew.')
  const signature = bytesOf(page.signature)
  const text = manifestText(state.cursor, page)
  if (!signature || !(await verifyEd25519({ text, signature, publicKey: page.signedBy })))
    throw new ManifestError('The manifest was changed on its way, or does not follow what this device has.')
}

function withTickets(state: OfflineState, page: ManifestPage): OfflineState['tickets'] {
  if (page.tickets.length === 0) return state.tickets
  const tickets: Record<string, ListedTicket> = { ...state.tickets }
  const known = hashesById(state.tickets)
  for (const ticket of page.tickets) {
    // One that got another code is no longer listed under the old one.
    const before = known.get(ticket.credentialId)
    if (before !== undefined && before !== ticket.codeHash) delete tickets[before]
    const { credentialId, ticketTypeId, status, pendingReason, validUntil } = ticket
    tickets[ticket.codeHash] = [credentialId, ticketTypeId, status, pendingReason ?? null, validUntil ?? null]
  }
  return tickets
}
