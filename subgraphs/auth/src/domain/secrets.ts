import { createCipheriv, createDecipheriv, createHash, createHmac, hkdfSync, randomBytes } from 'node:crypto'

/** What the one secret of the settings is used for; each purpose has a key of its own. */
type Purpose = 'refresh tokens' | 'signing keys' | 'sign-in failures'

/** Keyed functions, made from the one secret of the settings. */
export interface Secrets {
  /** HMAC-SHA-256 of a text. */
  mac(purpose: Purpose, text: string): Buffer
  /** Encrypts with AES-256-GCM; `label` must be the same to open it. Answers base64url of nonce, tag, ciphertext. */
  seal(purpose: Purpose, label: string, plain: Buffer): string
  /** Opens what `seal` made. Throws where the secret or the label is another one, or the text was changed. */
  open(purpose: Purpose, label: string, sealed: string): Buffer
}

const NONCE_BYTES = 12
const TAG_BYTES = 16

/** Makes the keyed functions. HKDF (RFC 5869) gives each purpose its key. */
export function createSecrets(secret: string): Secrets {
  const derive = (purpose: Purpose) => Buffer.from(hkdfSync('sha256', secret, '', `headcount ${purpose}`, 32))
  const keys: Record<Purpose, Buffer> = {
    'refresh tokens': derive('refresh tokens'),
    'signing keys': derive('signing keys'),
    'sign-in failures': derive('sign-in failures'),
  }
  return {
    mac: (purpose, text) => createHmac('sha256', keys[purpose]).update(text).digest(),
    seal(purpose, label, plain) {
      const nonce = randomBytes(NONCE_BYTES)
      const cipher = createCipheriv('aes-256-gcm', keys[purpose], nonce).setAAD(Buffer.from(label))
      const encrypted = Buffer.concat([cipher.update(plain), cipher.final()])
      return Buffer.concat([nonce, cipher.getAuthTag(), encrypted]).toString('base64url')
    },
    open(purpose, label, sealed) {
      const bytes = Buffer.from(sealed, 'base64url')
      const nonce = bytes.subarray(0, NONCE_BYTES)
      const tag = bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES)
      const decipher = createDecipheriv('aes-256-gcm', keys[purpose], nonce, { authTagLength: TAG_BYTES })
      decipher.setAAD(Buffer.from(label)).setAuthTag(tag)
      return Buffer.concat([decipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES)), decipher.final()])
    },
  }
}

/** SHA-256 of a token that is random already, so that a stolen table opens nothing. */
export function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('base64url')
}
