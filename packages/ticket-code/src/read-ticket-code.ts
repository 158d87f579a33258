import { PAYLOAD_BYTES, unpackPayload } from './payload.ts'

/** What a key id may look like. */
export const KEY_ID = /^[A-Za-z0-9_-]{1,64}$/

const MAXIMUM_LENGTH = 256
const SIGNATURE_BYTES = 64

/** A code that has the right form. Its signature has not been checked: see `verifyTicketCode`. */
export interface TicketCode {
  kind: 'code'
  /** Names the organization's public key. */
  keyId: string
  ticketId: string
  eventId: string
  organizationId: string
  /** Which of the ticket's codes it is: 1 for the first; a ticket that was issued anew has a higher one. */
  issue: number
  /** The text that the signature covers. */
  signed: string
  /** 64 bytes. */
  signature: Buffer
}

/** A ticket code, or the statement that the text is none. */
export type ReadTicketCode = TicketCode | { kind: 'unreadable' }

/**
 * Reads the text of a QR code. Never throws, and looks at no more than 256 characters. Each code has one
 * text only (base64url that decodes but would be written otherwise is unreadable), so that a hash of the
 * text identifies the code.
 */
export function readTicketCode(text: string): ReadTicketCode {
  if (typeof text !== 'string' || text.length > MAXIMUM_LENGTH) return { kind: 'unreadable' }
  const [version, keyId, payloadText, signatureText, ...rest] = text.split('.')
  if (version !== 'HC1' || rest.length > 0 || !KEY_ID.test(keyId ?? '')) return { kind: 'unreadable' }
  const payload = canonicalBytes(payloadText, PAYLOAD_BYTES)
  const signature = canonicalBytes(signatureText, SIGNATURE_BYTES)
  if (!payload || !signature || keyId === undefined) return { kind: 'unreadable' }
  return { kind: 'code', keyId, ...unpackPayload(payload), signed: `HC1.${keyId}.${payloadText}`, signature }
}

function canonicalBytes(text: string | undefined, length: number): Buffer | undefined {
  if (text === undefined) return undefined
  const bytes = Buffer.from(text, 'base64url')
  return bytes.length === length && bytes.toString('base64url') === text ? bytes : undefined
}
