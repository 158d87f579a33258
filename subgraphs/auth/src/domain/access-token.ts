import type { Viewer } from '@headcount/access'
import { SignJWT } from 'jose'
import type { SigningKeys } from './signing-keys.ts'

/** Whose token it is, and what it lets them do. */
export type TokenSubject = Pick<Viewer, 'id' | 'organizationId' | 'scopes' | 'eventId'> & {
  readonly kind: 'user' | 'device'
  readonly sessionId: string
}

/** A signed token and when it ends. */
export interface AccessToken {
  readonly token: string
  readonly expiresAt: Date
}

/** The issuer and the audience of every token of the platform. */
const PLATFORM = 'headcount'

/**
 * Signs an access token: EdDSA (RFC 8037), claims `sub org kind scope event sid iss aud iat exp`. It is good for at
 * least the seconds that are asked for, since `exp` is a whole second and is rounded up.
 */
export async function signAccessToken(
  subject: TokenSubject,
  keys: SigningKeys,
  { now, seconds }: { readonly now: Date; readonly seconds: number },
): Promise<AccessToken> {
  const { id, organizationId, kind, scopes, eventId, sessionId } = subject
  const issuedAt = Math.floor(now.getTime() / 1000)
  const endsAt = Math.ceil(now.getTime() / 1000) + seconds
  const key = keys.current()
  const claims = { org: organizationId, kind, scope: scopes.join(' '), sid: sessionId }
  const token = await new SignJWT({ ...claims, ...(eventId && { event: eventId }) })
    .setProtectedHeader({ alg: 'EdDSA', kid: key.id, typ: 'JWT' })
    .setSubject(id)
    .setIssuer(PLATFORM)
    .setAudience(PLATFORM)
    .setIssuedAt(issuedAt)
    .setExpirationTime(endsAt)
    .sign(key.privateKey)
  return { token, expiresAt: new Date(endsAt * 1000) }
}
