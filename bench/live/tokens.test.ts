import { createPublicKey, type JsonWebKey, verify } from 'node:crypto'
import { expect, test } from 'vitest'
import { createSigner } from './tokens.ts'

const decoded = (part = '') =>
  JSON.parse(Buffer.from(part, 'base64url').toString()) as Record<string, unknown>

test('every subscriber has a token of its own that the published key verifies', () => {
  const signer = createSigner()
  const [key] = (JSON.parse(signer.jwks) as { readonly keys: readonly JsonWebKey[] }).keys
  const publicKey = createPublicKey({ key: key ?? {}, format: 'jwk' })
  const read = (number: number) => {
    const [head, claims, signature = ''] = signer.token(number).split('.')
    const text = Buffer.from(`${head}.${claims}`)
    expect(verify(null, text, publicKey, Buffer.from(signature, 'base64url'))).toBe(true)
    expect(decoded(head)).toMatchObject({ alg: 'EdDSA', kid: key?.['kid'] })
    return decoded(claims)
  }
  const same = { iss: signer.issuer, aud: signer.issuer, org: 'bench', scope: 'analytics:read' }
  expect(read(1)).toMatchObject({ sub: 'viewer-1', ...same })
  expect(read(2)).toMatchObject({ sub: 'viewer-2', ...same })
})
