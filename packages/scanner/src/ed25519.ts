import { bytesOf } from './base64url.ts'

const KEY_BYTES = 44

/** What is signed, by which signature, and by whom. */
export interface Signed {
  readonly text: string
  readonly signature: Uint8Array<ArrayBuffer>
  /** Ed25519 SPKI, base64url. */
  readonly publicKey: string
}

/** Whether the text was signed with the private half of the key. A text that is no key verifies nothing. */
export async function verifyEd25519({ text, signature, publicKey }: Signed): Promise<boolean> {
  const spki = bytesOf(publicKey)
  if (spki?.length !== KEY_BYTES) return false
  const { subtle } = globalThis.crypto
  try {
    const key = await subtle.importKey('spki', spki, 'Ed25519', false, ['verify'])
    return await subtle.verify('Ed25519', key, signature, new TextEncoder().encode(text))
  } catch (error) {
    // 44 bytes that are no Ed25519 key. Anything else, a browser without Ed25519 say, is a fault.
    if (error instanceof DOMException && error.name === 'DataError') return false
    throw error
  }
}
