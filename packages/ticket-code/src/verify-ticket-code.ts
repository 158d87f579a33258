import { verify } from 'node:crypto'
import { parsePublicKey } from './key-pair.ts'
import type { TicketCode } from './read-ticket-code.ts'

/**
 * Whether the code was signed with the private half of `publicKey` (43 characters of base64url, as
 * `createKeyPair` returns it). A public key that is none verifies nothing: false. About 75 µs.
 */
export function verifyTicketCode(code: TicketCode, publicKey: string): boolean {
  try {
    return verify(null, Buffer.from(code.signed), parsePublicKey(publicKey), code.signature)
  } catch {
    // Only an unusable key throws here; the code itself has its form by construction.
    return false
  }
}
