import type { Viewer } from '@headcount/access'
import { fail } from '@headcount/errors'
import { errors, type JWTPayload, type JWTVerifyOptions, jwtVerify } from 'jose'
import { acceptedAlgorithms } from './algorithms.ts'
import { rememberToken } from './claims.ts'
import type { SigningKeys } from './signing-keys.ts'
import type { ViewerOf } from './viewer-of.ts'

/** One that issues tokens which the gateway trusts. */
export interface Authority {
  /** `iss` of its tokens; undefined = not compared. */
  readonly issuer: string | undefined
  /** Rejects with an error of jose when the token is not good, and with another one when that can't be told. */
  verify(token: string): Promise<Viewer>
}

/** What an authority's tokens are judged by. */
export interface AuthorityOptions {
  readonly keys: SigningKeys
  readonly issuer: string | undefined
  readonly audience: string | readonly string[] | undefined
  readonly algorithms?: readonly string[] | undefined
  /** How far the issuer's clock may be from ours. */
  readonly clockToleranceMs?: number | undefined
  readonly viewerOf: ViewerOf
  readonly now: () => number
}

/** Verifies by the keys that fit: the one of the token's key id, or each that could be, when the token names none. */
async function verifyByKeys(
  token: string,
  keys: SigningKeys,
  options: JWTVerifyOptions,
): Promise<JWTPayload> {
  try {
    return (await jwtVerify(token, keys.find, options)).payload
  } catch (error) {
    if (!(error instanceof errors.JWKSMultipleMatchingKeys)) throw error
    for await (const key of error) {
      try {
        return (await jwtVerify(token, key, options)).payload
      } catch (refusal) {
        if (!(refusal instanceof errors.JWSSignatureVerificationFailed)) throw refusal
      }
    }
    throw new errors.JWSSignatureVerificationFailed()
  }
}

/** Makes an authority. @throws Error when an algorithm can't be accepted */
export function authority(options: AuthorityOptions): Authority {
  const { keys, issuer, audience, viewerOf, now, clockToleranceMs = 0 } = options
  const judged: JWTVerifyOptions = {
    algorithms: acceptedAlgorithms(options.algorithms),
    clockTolerance: clockToleranceMs / 1000,
    ...(issuer === undefined ? {} : { issuer }),
    ...(audience === undefined ? {} : { audience: typeof audience === 'string' ? audience : [...audience] }),
  }
  return {
    issuer,
    async verify(token) {
      const claims = await verifyByKeys(token, keys, { ...judged, currentDate: new Date(now()) })
      const read = viewerOf(claims)
      if (!read || claims.exp === undefined) {
        throw fail('UNAUTHENTICATED', 'The access token does not say whose it is, or until when: sign in.')
      }
      const viewer = { ...read, expiresAtMs: claims.exp * 1000 + clockToleranceMs }
      rememberToken(viewer, token)
      return viewer
    },
  }
}
