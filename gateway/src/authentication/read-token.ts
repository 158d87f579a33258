import { createHash } from 'node:crypto'
import type { Viewer } from '@headcount/access'
import { fail } from '@headcount/errors'
import type { GraphQLError } from 'graphql'
import { errors, type JWTPayload, jwtVerify } from 'jose'
import { LRUCache } from 'lru-cache'
import type { SigningKeys } from './signing-keys.ts'

/** Tokens kept as verified: an Ed25519 check costs some 75 µs, a look-up less than one. */
const keptTokens = 50_000
/** A token is a few hundred bytes; what is longer is not one of ours. */
const longestToken = 4_096

/** Reads an access token. @throws GraphQLError UNAUTHENTICATED, or NOT_READY while no key is to be had */
export type ReadToken = (token: string) => Promise<Viewer>

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}

function viewerOf(claims: JWTPayload): Viewer | undefined {
  const { kind, scope, exp } = claims
  const id = text(claims.sub)
  const organizationId = text(claims.org)
  if (!id || !organizationId || exp === undefined || typeof scope !== 'string') return undefined
  if (kind !== 'user' && kind !== 'device') return undefined
  return {
    kind,
    id,
    organizationId,
    scopes: scope.split(' ').filter((word) => word !== ''),
    eventId: text(claims.event),
    sessionId: text(claims.sid),
    expiresAtMs: exp * 1000,
  }
}

const ended = 'The access token has ended: refresh it, or sign in.'
const bad = 'The access token is not one of ours, or was changed: sign in.'

function refused(error: unknown): GraphQLError {
  if (error instanceof errors.JWTExpired) return fail('UNAUTHENTICATED', ended)
  if (error instanceof errors.JOSEError) return fail('UNAUTHENTICATED', bad)
  return fail('NOT_READY', 'Tokens cannot be verified at this moment; try again.', { retryAfterMs: 1_000 })
}

/** Verifies EdDSA tokens, once each: what was found good is good until it ends. */
export function tokenReader(options: {
  readonly keys: SigningKeys | undefined
  readonly issuer: string
  readonly audience: string
  readonly now: () => number
}): ReadToken {
  const { keys, issuer, audience, now } = options
  const verified = new LRUCache<string, Viewer>({ max: keptTokens })
  return async (token) => {
    if (!keys || token.length > longestToken) throw fail('UNAUTHENTICATED', bad)
    const hash = createHash('sha256').update(token).digest('base64')
    const known = verified.get(hash)
    if (known) {
      if ((known.expiresAtMs ?? 0) > now()) return known
      verified.delete(hash)
      throw fail('UNAUTHENTICATED', ended)
    }
    let claims: JWTPayload
    try {
      const verification = await jwtVerify(token, keys.find, {
        algorithms: ['EdDSA', 'Ed25519'],
        issuer,
        audience,
        currentDate: new Date(now()),
        requiredClaims: ['sub', 'exp'],
      })
      claims = verification.payload
    } catch (error) {
      throw refused(error)
    }
    const viewer = viewerOf(claims)
    if (!viewer) throw fail('UNAUTHENTICATED', bad)
    verified.set(hash, viewer)
    return viewer
  }
}
