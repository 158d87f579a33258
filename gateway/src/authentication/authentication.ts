import type { JSONWebKeySet } from 'jose'
import type { Logger } from 'pino'
import type { AuthenticationOptions } from '../options.ts'
import { authority } from './authority.ts'
import { type FindToken, tokenFinder } from './find-token.ts'
import { cachedReader, type ReadToken } from './read-token.ts'
import { signingKeys } from './signing-keys.ts'
import { platformViewerOf, viewerByNames } from './viewer-of.ts'

/** Finds out who asks. */
export interface Authentication {
  readonly findToken: FindToken
  readonly readToken: ReadToken
  /** The keys that tokens are verified with, of all issuers. @throws Error when those of one are not to be had */
  keys(): Promise<JSONWebKeySet>
}

/**
 * Authentication by the tokens of one issuer, of several, or of none: then every token is refused. Each issuer's tokens
 * are verified by its own keys and claims alone.
 *
 * @throws Error when the options can't be kept
 */
export function createAuthentication(
  options: AuthenticationOptions | readonly AuthenticationOptions[] | undefined,
  { log, now }: { readonly log: Logger; readonly now: () => number },
): Authentication {
  const issuers: readonly AuthenticationOptions[] = options === undefined ? [] : [options].flat()
  const all = issuers.map((issuer) => {
    const {
      keys: source,
      keysFile: file,
      cooldownMs,
      claims,
      audience,
      algorithms,
      clockToleranceMs,
    } = issuer
    const keys = signingKeys({ source, file, cooldownMs, log, now })
    return {
      keys,
      authority: authority({
        keys,
        issuer: issuer.issuer,
        audience,
        algorithms,
        clockToleranceMs,
        viewerOf: claims ? viewerByNames(claims) : platformViewerOf,
        now,
      }),
    }
  })
  return {
    findToken: tokenFinder(issuers.length > 0 ? issuers : [{}]),
    readToken: cachedReader(
      all.map((each) => each.authority),
      now,
    ),
    async keys() {
      const sets = await Promise.all(all.map(({ keys }) => keys.published()))
      return { keys: sets.flatMap((set) => set.keys) }
    },
  }
}
