/** The bytes of a base64url text without padding (RFC 4648); undefined where the text is none, or not the only one of its bytes. */
export function bytesOf(text: string): Uint8Array<ArrayBuffer> | undefined {
  if (!/^[A-Za-z0-9_-]*$/.test(text) || text.length % 4 === 1) return undefined
  const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'))
  const bytes = Uint8Array.from(binary, (character) => character.charCodeAt(0))
  // Bits behind the last byte that are not zero decode all the same: such a text is another one of the same bytes.
  return base64urlOf(bytes) === text ? bytes : undefined
}

/** Bytes as base64url without padding. */
export function base64urlOf(bytes: Uint8Array): string {
  let binary = ''
  for (const byte of bytes) binary += String.fromCharCode(byte)
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
}
