export interface TokenLife {
  /** Local clock, milliseconds since 1970. */
  refreshAt: number
  /** Local clock, milliseconds since 1970. */
  endsAt: number
}

/** The longest time ahead of its end at which a token is replaced. */
const LEAD_MS = 60_000
/** A short-lived token is replaced after this share of its life. */
const SHARE = 0.6

/**
 * When to replace a token, by the local clock. A wrong local clock does no harm: only the length of the token's
 * life counts, `exp − iat` (RFC 7519), from the moment it came. A token that cannot be read goes by `expiresAt`.
 */
export function readTokenLife(accessToken: string, expiresAt: string, receivedAt: number): TokenLife {
  const lifeMs = readLifeMs(accessToken) ?? Math.max(0, Date.parse(expiresAt) - receivedAt)
  return {
    refreshAt: receivedAt + Math.max(lifeMs * SHARE, lifeMs - LEAD_MS),
    endsAt: receivedAt + lifeMs,
  }
}

function readLifeMs(accessToken: string): number | undefined {
  try {
    const payload = (accessToken.split('.')[1] ?? '').replaceAll('-', '+').replaceAll('_', '/')
    const claims: unknown = JSON.parse(atob(payload))
    if (typeof claims !== 'object' || claims === null) return undefined
    const { iat, exp } = claims as Record<string, unknown>
    return typeof iat === 'number' && typeof exp === 'number' ? Math.max(0, exp - iat) * 1000 : undefined
  } catch {
    return undefined // not a JWT
  }
}
