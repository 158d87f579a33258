/**
 * Signature algorithms that tokens may have (https://www.rfc-editor.org/rfc/rfc7518, RFC 8037, RFC 9864). All are
 * asymmetric: `none` proves nothing, and HS* would take a public key for a secret.
 */
export const signatureAlgorithms: readonly string[] = [
  'EdDSA',
  'Ed25519',
  'ES256',
  'ES384',
  'ES512',
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
]

/** The algorithms to accept. @throws Error that names one which can't be */
export function acceptedAlgorithms(wanted: readonly string[] = signatureAlgorithms): string[] {
  const strangers = wanted.filter((algorithm) => !signatureAlgorithms.includes(algorithm))
  if (strangers.length > 0 || wanted.length === 0) {
    const received = strangers.length > 0 ? strangers.join(', ') : 'none at all'
    throw new Error(
      `Tokens cannot be verified by ${received}; accepted are ${signatureAlgorithms.join(', ')}.`,
    )
  }
  return [...wanted]
}
