import { timingSafeEqual } from 'node:crypto'
import { type Database, isUnreachable } from '@headcount/database'
import type { Logger } from 'pino'
import { type Caller, RegistryProblem } from '../endpoint.ts'
import { createMisses } from './misses.ts'
import { secretHash, secretPattern } from './secret.ts'

/** Says whose a token is. */
export interface Authenticator {
  /** @throws RegistryProblem UNAUTHENTICATED, or UNAVAILABLE when that cannot be said now */
  authenticate(secret: string): Promise<Caller>
  /** Whether it is the token of the configuration, which may have any form. */
  isAdmin(secret: string): boolean
}

/** What an authenticator needs. */
export interface AuthenticatorOptions {
  readonly database: Database
  readonly log: Logger
  readonly now: () => Date
  /** A token for everything, from the configuration; it is never stored. */
  readonly adminToken: string | undefined
}

interface TokenRow {
  id: string
  name: string
  scopes: string[]
  expires_at: Date | null
  last_used_at: Date | null
  revoked_at: Date | null
}

const noteUseEveryMs = 60_000
/** Tokens that were good are good for reading what is live while the database is away. */
const rememberedTokens = 1_000

const wrong =
  'The token is not one of this registry, or is not valid any more. It takes one that is listed by GET /tokens.'

/** Looks tokens up by their hash, each time: one that was revoked is refused at once. */
export function createAuthenticator(options: AuthenticatorOptions): Authenticator {
  const admin = options.adminToken === undefined ? undefined : secretHash(options.adminToken)
  const misses = createMisses(options.now)
  const underWay = new Map<string, Promise<Caller>>()
  const remembered = new Map<string, Caller & { readonly expiresAt: Date | null }>()

  const find = async (hash: string): Promise<Caller> => {
    try {
      const row = await readToken(options, hash)
      const caller = { name: row.name, scopes: row.scopes }
      remember(remembered, hash, { ...caller, expiresAt: row.expires_at })
      return caller
    } catch (error) {
      const known = remembered.get(hash)
      if (!isUnreachable(error) || !known || isOver(known.expiresAt, options.now())) {
        if (error instanceof RegistryProblem) remembered.delete(hash)
        throw error
      }
      // Gateways load what is live also while the database is away; nothing else can be done then.
      return { name: known.name, scopes: known.scopes }
    }
  }
  const isAdmin = (secret: string) => admin !== undefined && isEqual(secretHash(secret), admin)
  return {
    isAdmin,
    async authenticate(secret) {
      const hash = secretHash(secret)
      if (isAdmin(secret)) {
        return { name: 'HEADCOUNT_REGISTRY_TOKEN', scopes: ['registry:admin'] }
      }
      if (!secretPattern.test(secret) || misses.has(hash)) throw new RegistryProblem('UNAUTHENTICATED', wrong)
      if (!remembered.has(hash)) misses.spend()
      // Thousands that wake up together mostly have one token: it is looked up once.
      const looking = underWay.get(hash) ?? find(hash).finally(() => underWay.delete(hash))
      underWay.set(hash, looking)
      try {
        return await looking
      } catch (error) {
        if (error instanceof RegistryProblem) misses.add(hash)
        throw error
      }
    },
  }
}

async function readToken({ database, log, now }: AuthenticatorOptions, hash: string): Promise<TokenRow> {
  const [row] = await database.query<TokenRow>(
    'SELECT id, name, scopes, expires_at, last_used_at, revoked_at FROM tokens WHERE hash = $1',
    [hash],
  )
  if (!row || row.revoked_at || isOver(row.expires_at, now())) {
    throw new RegistryProblem('UNAUTHENTICATED', wrong)
  }
  const at = now()
  if (!row.last_used_at || at.getTime() - row.last_used_at.getTime() > noteUseEveryMs) {
    // Nobody waits for it, and without it the call is as good.
    database
      .query('UPDATE tokens SET last_used_at = greatest(last_used_at, $2) WHERE id = $1', [row.id, at])
      .catch((error: Error) => log.warn({ reason: error.message }, 'the use of a token was not noted'))
  }
  return row
}

function isOver(expiresAt: Date | null, now: Date): boolean {
  return expiresAt !== null && expiresAt <= now
}

function isEqual(one: string, other: string): boolean {
  return timingSafeEqual(Buffer.from(one), Buffer.from(other))
}

function remember<Value>(known: Map<string, Value>, hash: string, value: Value): void {
  known.delete(hash)
  known.set(hash, value)
  const [oldest] = known.keys()
  if (known.size > rememberedTokens && oldest !== undefined) known.delete(oldest)
}
