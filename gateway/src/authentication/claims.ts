import { decodeJwt, type JWTPayload } from 'jose'

/** What a verified token says. */
export type Claims = JWTPayload

/** A claim's value; a name with dots leads into objects, unless a claim has just that name (`https://a.b/roles`). */
export function claimAt(claims: unknown, name: string): unknown {
  if (typeof claims !== 'object' || claims === null) return undefined
  if (Object.hasOwn(claims, name)) return (claims as Record<string, unknown>)[name]
  for (let dot = name.indexOf('.'); dot !== -1; dot = name.indexOf('.', dot + 1)) {
    const head = name.slice(0, dot)
    if (!Object.hasOwn(claims, head)) continue
    const found = claimAt((claims as Record<string, unknown>)[head], name.slice(dot + 1))
    if (found !== undefined) return found
  }
  return undefined
}

const originKey = Symbol('origin')

interface Origin {
  readonly token: string
  claims: Claims | undefined
}

/**
 * Lets a viewer's claims be found again. The token's text is kept, which the cache of verified tokens holds anyway, and
 * read again when somebody asks: few gateways do. Not enumerable, so that it goes into no JSON and no copy.
 */
export function rememberToken(viewer: object, token: string): void {
  Object.defineProperty(viewer, originKey, { value: { token, claims: undefined } satisfies Origin })
}

/** The claims of the token that made this viewer; undefined for nobody, and for viewers that no token made. */
export function claimsOf(viewer: object | undefined): Claims | undefined {
  const origin = viewer && (viewer as { readonly [originKey]?: Origin })[originKey]
  if (!origin) return undefined
  origin.claims ??= decodeJwt(origin.token)
  return origin.claims
}

/** Lets the claims of one viewer be found for another, who stands for it and others that are alike. */
export function shareClaims(viewer: object, from: object): void {
  const origin = (from as { readonly [originKey]?: Origin })[originKey]
  if (origin) Object.defineProperty(viewer, originKey, { value: origin })
}
