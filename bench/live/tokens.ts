import { generateKeyPairSync, sign } from 'node:crypto'
import { scope } from './graph.ts'
import { organization } from './message.ts'

const ISSUER = 'headcount-bench'
const KEY_ID = 'bench-1'
const VALID_SECONDS = 6 * 3600

/** Whoever signs the subscribers' tokens. */
export interface Signer {
  readonly issuer: string
  /** Its public key, as `jwks.json`. */
  readonly jwks: string
  /** A token of a viewer with this number, of the one organization. */
  token(number: number): string
}

const encoded = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')

/** Makes a key (Ed25519) and signs with it. */
export function createSigner(): Signer {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519')
  const key = { ...publicKey.export({ format: 'jwk' }), kid: KEY_ID, alg: 'EdDSA', use: 'sig' }
  const head = encoded({ alg: 'EdDSA', typ: 'JWT', kid: KEY_ID })
  const iat = Math.floor(Date.now() / 1000)
  const same = { iss: ISSUER, aud: ISSUER, org: organization, scope, iat, exp: iat + VALID_SECONDS }
  return {
    issuer: ISSUER,
    jwks: JSON.stringify({ keys: [key] }),
    token(number) {
      const text = `${head}.${encoded({ sub: `viewer-${number}`, ...same })}`
      return `${text}.${sign(null, Buffer.from(text), privateKey).toString('base64url')}`
    },
  }
}
