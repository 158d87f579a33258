import type { RegistryScope } from './scopes.ts'

/** `GET /tokens`: a token without its secret. */
export interface TokenSummary {
  readonly id: string
  readonly name: string
  readonly scopes: readonly RegistryScope[]
  /** RFC 3339. */
  readonly createdAt: string
  readonly expiresAt: string | null
  readonly lastUsedAt: string | null
  readonly revokedAt: string | null
}

/** `POST /tokens`. */
export interface CreateTokenRequest {
  /** For people: `ci`, `gateway-eu`. */
  readonly name: string
  readonly scopes: readonly RegistryScope[]
  /** RFC 3339; undefined = it does not end by itself. */
  readonly expiresAt?: string | undefined
}

/** The answer to it: the only time that the secret is shown. */
export interface CreatedToken extends TokenSummary {
  readonly secret: string
}

/** `GET /audit`: who did what, the latest first. Nothing in it is ever changed or removed. */
export interface AuditEntry {
  readonly id: string
  readonly at: string
  /** Name of the token, or of the part of the platform. */
  readonly by: string
  /** `version.published`, `version.refused`, `version.rolled-back`, `contract.changed`, `documents.published`, `token.created`, … */
  readonly action: string
  /** What it was done to: a version's number, a name. */
  readonly subject: string
  readonly details: Readonly<Record<string, unknown>>
}

/** A page of a list: `?before=<cursor>&limit=<1..200, default 50>`. */
export interface Page<Item> {
  readonly items: readonly Item[]
  /** For the next page; null = that was all. */
  readonly before: string | null
}
