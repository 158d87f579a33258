import type { Viewer } from '@headcount/access'
import { codeOf, fail } from '@headcount/errors'
import { decodeJwt, errors } from 'jose'
import { LRUCache } from 'lru-cache'
import type { Authority } from './authority.ts'

/** Tokens kept as verified: a check of a signature costs 30 to 100 µs, a look-up less than one. */
const keptTokens = 50_000
/** Characters of all kept tokens together. */
const keptCharacters = 32 * 1_048_576
/** Tokens have some hundred characters, with many groups in them some thousand; Node takes 16 KiB of headers. */
const longestToken = 8_192
/** Characters at a token's end that it is kept by: 192 bits of its signature. */
const keyLength = 32

/**
 * Reads an access token: at once when it was verified before, so that a request which sends it again waits for nothing.
 *
 * @throws (or rejects with) GraphQLError UNAUTHENTICATED, or NOT_READY while no key is to be had
 */
export type ReadToken = (token: string) => Viewer | Promise<Viewer>

const ended = 'The access token has ended: refresh it, or sign in.'
const bad = 'The access token is not one of ours, or was changed: sign in.'

function refused(error: unknown): unknown {
  if (codeOf(error)) return error
  if (error instanceof errors.JWTExpired) return fail('UNAUTHENTICATED', ended)
  if (error instanceof errors.JOSEError) return fail('UNAUTHENTICATED', bad)
  return fail('NOT_READY', 'Tokens cannot be verified at this moment; try again.', { retryAfterMs: 1_000 })
}

/** Those whose token it may be, by what it says of itself: no authority's keys count for another one's tokens. */
function candidates(authorities: readonly Authority[], token: string): readonly Authority[] {
  const [only, second] = authorities
  if (only && !second) return authorities
  const { iss } = decodeJwt(token)
  return authorities.filter(({ issuer }) => issuer === undefined || issuer === iss)
}

async function verifyByAny(authorities: readonly Authority[], token: string): Promise<Viewer> {
  let doubt: unknown
  let refusal: unknown
  for (const candidate of candidates(authorities, token)) {
    try {
      return await candidate.verify(token)
    } catch (error) {
      if (error instanceof errors.JOSEError || codeOf(error)) refusal = error
      else doubt = error
    }
  }
  // Where one of them could not be asked, the token may still be good.
  throw doubt ?? refusal ?? new errors.JWTInvalid('no authority')
}

interface Verified {
  readonly token: string
  readonly viewer: Viewer
}

/**
 * Verifies tokens, once each: what was found good is good until it ends. They are kept by the end of their signature,
 * and compared as a whole: to hash a short text and compare a long one costs a third of hashing the long one.
 */
export function cachedReader(authorities: readonly Authority[], now: () => number): ReadToken {
  const kept = new LRUCache<string, Verified>({
    max: keptTokens,
    maxSize: keptCharacters,
    sizeCalculation: ({ token }) => token.length,
  })
  const verify = async (token: string) => {
    try {
      const viewer = await verifyByAny(authorities, token)
      kept.set(token.slice(-keyLength), { token, viewer })
      return viewer
    } catch (error) {
      throw refused(error)
    }
  }
  return (token) => {
    const known = kept.get(token.slice(-keyLength))
    if (known?.token !== token) {
      if (token.length > longestToken) throw fail('UNAUTHENTICATED', bad)
      return verify(token)
    }
    if ((known.viewer.expiresAtMs ?? 0) > now()) return known.viewer
    throw fail('UNAUTHENTICATED', ended)
  }
}
