import { bytesOf } from './base64url.ts'

const MAXIMUM_LENGTH = 256
const PAYLOAD_BYTES = 52
const SIGNATURE_BYTES = 64
const ID_BYTES = 16

/** A code that has the right form (see `packages/ticket-code`). Its signature has not been checked. */
export interface SignedCode {
  readonly keyId: string
  readonly ticketId: string
  readonly eventId: string
  readonly organizationId: string
  /** The text that the signature covers. */
  readonly signed: string
  readonly signature: Uint8Array<ArrayBuffer>
}

/** Reads the text of a QR code; undefined where it is no ticket code. Each code has one text only. */
export function readCode(text: string): SignedCode | undefined {
  if (text.length > MAXIMUM_LENGTH) return undefined
  const [version, keyId = '', payloadText = '', signatureText = '', ...rest] = text.split('.')
  if (version !== 'HC1' || rest.length > 0 || !/^[A-Za-z0-9_-]{1,64}$/.test(keyId)) return undefined
  const payload = bytesOf(payloadText)
  const signature = bytesOf(signatureText)
  if (payload?.length !== PAYLOAD_BYTES || signature?.length !== SIGNATURE_BYTES) return undefined
  const id = (index: number) => hexOf(payload.subarray(index * ID_BYTES, (index + 1) * ID_BYTES))
  const ids = { ticketId: `tkt_${id(0)}`, eventId: `evt_${id(1)}`, organizationId: `org_${id(2)}` }
  return { keyId, ...ids, signed: `HC1.${keyId}.${payloadText}`, signature }
}

function hexOf(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}
