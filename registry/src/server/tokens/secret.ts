import { createHash, randomBytes } from 'node:crypto'

/** What a token of a registry looks like: 32 random bytes. */
export const secretPattern = /^hcr_[A-Za-z0-9_-]{43}$/

/** Makes one. */
export function newSecret(): string {
  return `hcr_${randomBytes(32).toString('base64url')}`
}

/** What is kept of one, and by which it is found: the time of the search tells nothing of the secret. */
export function secretHash(secret: string): string {
  return createHash('sha256').update(secret).digest('hex')
}
