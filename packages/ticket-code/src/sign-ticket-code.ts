import { sign } from 'node:crypto'
import { parsePrivateKey } from './key-pair.ts'
import { packPayload } from './payload.ts'
import { KEY_ID } from './read-ticket-code.ts'

/** What a ticket code says, and the key that says it. */
export interface TicketCodeContents {
  /** `tkt_` and 32 hexadecimal digits. */
  ticketId: string
  /** `evt_` and 32 hexadecimal digits. */
  eventId: string
  /** `org_` and 32 hexadecimal digits. */
  organizationId: string
  /** 1 for a ticket's first code, one more with each that replaces it: the text is another, so the hash is. */
  issue: number
  /** Names the public key that verifies the code: 1 to 64 of `A–Z a–z 0–9 _ -`. */
  keyId: string
  /** As `createKeyPair` returns it. */
  privateKey: string
}

/**
 * Writes the code of a ticket: `HC1.<keyId>.<payload>.<signature>`. Deterministic: the same contents give
 * the same text. 198 characters with a key id of 36. Throws a TypeError naming the value where an id or the issue
 * has another form.
 */
export function signTicketCode(contents: TicketCodeContents): string {
  if (!KEY_ID.test(contents.keyId)) {
    throw new TypeError(`keyId is "${contents.keyId}"; it takes 1 to 64 letters, digits, "_" or "-".`)
  }
  const signed = `HC1.${contents.keyId}.${packPayload(contents).toString('base64url')}`
  const signature = sign(null, Buffer.from(signed), parsePrivateKey(contents.privateKey))
  return `${signed}.${signature.toString('base64url')}`
}
