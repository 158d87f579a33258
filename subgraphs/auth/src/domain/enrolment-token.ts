import { randomBytes } from 'node:crypto'
import { hashToken } from './secrets.ts'

/** A one-time token of an invitation, and what is kept of it. */
export interface EnrolmentToken {
  /** Shown once. */
  readonly enrolmentToken: string
  readonly tokenHash: string
  readonly expiresAt: Date
}

const LIFETIME_MS = 86_400_000
const TOKEN_BYTES = 32

/** Makes a token that is good for 24 h. */
export function makeEnrolmentToken(now: Date): EnrolmentToken {
  const enrolmentToken = randomBytes(TOKEN_BYTES).toString('base64url')
  const expiresAt = new Date(now.getTime() + LIFETIME_MS)
  return { enrolmentToken, tokenHash: hashToken(enrolmentToken), expiresAt }
}
