import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto'

/** An Ed25519 key pair as text. */
export interface KeyPair {
  /** The raw 32 bytes as base64url, 43 characters (the `x` of a JWK). Safe to publish. */
  publicKey: string
  /** PKCS#8 DER as base64url, 64 characters. A secret: it signs tickets of its organization. */
  privateKey: string
}

/** Makes a new random Ed25519 key pair. */
export function createKeyPair(): KeyPair {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519')
  const { x } = publicKey.export({ format: 'jwk' })
  if (x === undefined) throw new Error('The runtime exported an Ed25519 key without its x coordinate.')
  return {
    publicKey: x,
    privateKey: privateKey.export({ format: 'der', type: 'pkcs8' }).toString('base64url'),
  }
}

// Parsing a key costs about as much as using it; an organization signs thousands of codes with one key.
const MAXIMUM_PARSED_KEYS = 256
const parsedPublicKeys = new Map<string, KeyObject>()
const parsedPrivateKeys = new Map<string, KeyObject>()

/** The key object of a public key as `createKeyPair` writes it. Throws where the text is no such key. */
export function parsePublicKey(publicKey: string): KeyObject {
  return remembered(parsedPublicKeys, publicKey, () =>
    createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: publicKey }, format: 'jwk' }),
  )
}

/** The key object of a private key as `createKeyPair` writes it. Throws where the text is no such key. */
export function parsePrivateKey(privateKey: string): KeyObject {
  return remembered(parsedPrivateKeys, privateKey, () => {
    const key = createPrivateKey({ key: Buffer.from(privateKey, 'base64url'), format: 'der', type: 'pkcs8' })
    if (key.asymmetricKeyType !== 'ed25519') throw new TypeError('A ticket is signed with an Ed25519 key.')
    return key
  })
}

function remembered(keys: Map<string, KeyObject>, text: string, parse: () => KeyObject): KeyObject {
  const known = keys.get(text)
  if (known) return known
  const key = parse()
  if (keys.size >= MAXIMUM_PARSED_KEYS) keys.clear()
  keys.set(text, key)
  return key
}
