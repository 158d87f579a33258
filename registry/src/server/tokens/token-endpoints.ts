import { randomUUID } from 'node:crypto'
import { codeOf, type Database } from '@headcount/database'
import {
  type CreatedToken,
  type CreateTokenRequest,
  type RegistryScope,
  registryScopes,
  type TokenSummary,
} from '@headcount/registry-api'
import { noteDeed } from '../audit.ts'
import { type Caller, type Endpoint, RegistryProblem } from '../endpoint.ts'
import { BodyShape } from '../http/body-shape.ts'
import type { Parts } from '../parts.ts'
import { newSecret, secretHash } from './secret.ts'

interface TokenRow {
  id: string
  name: string
  scopes: RegistryScope[]
  created_at: Date
  expires_at: Date | null
  last_used_at: Date | null
  revoked_at: Date | null
}

const scope = 'registry:admin'
const columns = 'id, name, scopes, created_at, expires_at, last_used_at, revoked_at'
const namePattern = /^[A-Za-z0-9][A-Za-z0-9 ._@/-]{0,99}$/
const nameTakes = 'takes letters, digits, spaces and . _ @ / -, at most 100'
const uniqueViolation = '23505'

/** Tokens: made, listed, revoked. */
export function tokenEndpoints({ database, now }: Pick<Parts, 'database' | 'now'>): Endpoint[] {
  return [
    {
      method: 'GET',
      path: '/tokens',
      scope,
      async handle() {
        const rows = await database.query<TokenRow>(`SELECT ${columns} FROM tokens ORDER BY created_at, id`)
        return { json: rows.map(summaryOf) }
      },
    },
    {
      method: 'POST',
      path: '/tokens',
      scope,
      handle: async ({ body, caller }) => ({
        status: 201,
        json: await createToken(database, readRequest(body, now()), { caller, at: now() }),
      }),
    },
    {
      method: 'POST',
      path: '/tokens/:id/revoke',
      scope,
      handle: async ({ params: { id = '' }, caller }) => ({
        json: await revokeToken(database, id, { caller, at: now() }),
      }),
    },
  ]
}

interface By {
  readonly caller: Caller
  readonly at: Date
}

async function createToken(
  database: Database,
  { name, scopes, expiresAt }: CreateTokenRequest,
  { caller, at }: By,
): Promise<CreatedToken> {
  const secret = newSecret()
  try {
    const [row] = await database.transaction(async (tx) => {
      const rows = await tx.query<TokenRow>(
        `INSERT INTO tokens (id, name, hash, scopes, created_at, expires_at) VALUES ($1, $2, $3, $4, $5, $6)
         RETURNING ${columns}`,
        [randomUUID(), name, secretHash(secret), scopes, at, expiresAt],
      )
      noteDeed(tx, {
        at,
        by: caller.name,
        action: 'token.created',
        subject: name,
        details: { scopes, expiresAt },
      })
      return rows
    })
    if (!row) throw new Error('The token was not stored')
    return { ...summaryOf(row), secret }
  } catch (error) {
    if (codeOf(error) !== uniqueViolation) throw error
    throw new RegistryProblem(
      'CONFLICT',
      `There is a token named ${JSON.stringify(name)} already; choose another name.`,
    )
  }
}

async function revokeToken(database: Database, id: string, { caller, at }: By): Promise<TokenSummary> {
  const row = await database.transaction(async (tx) => {
    const [token] = await tx.query<TokenRow>(`SELECT ${columns} FROM tokens WHERE id = $1 FOR UPDATE`, [id])
    if (!token || token.revoked_at) return token
    tx.send('UPDATE tokens SET revoked_at = $2 WHERE id = $1', [id, at])
    noteDeed(tx, { at, by: caller.name, action: 'token.revoked', subject: token.name })
    return { ...token, revoked_at: at }
  })
  if (row) return summaryOf(row)
  throw new RegistryProblem(
    'NOT_FOUND',
    `There is no token with the id ${JSON.stringify(id)}; GET /tokens lists them.`,
  )
}

function readRequest(body: unknown, now: Date): CreateTokenRequest {
  const shape = new BodyShape()
  const fields = shape.object(body, '')
  shape.only(fields, '', ['name', 'scopes', 'expiresAt'])
  const name = shape.text(fields['name'], 'name', { max: 100, pattern: namePattern, takes: nameTakes })
  const scopes = shape.list(fields['scopes'], 'scopes', 20).filter((one, at): one is RegistryScope => {
    if (typeof one === 'string' && Object.hasOwn(registryScopes, one)) return true
    shape.wrong(`scopes[${at}]`, `is none; there are: ${Object.keys(registryScopes).join(', ')}`)
    return false
  })
  if (scopes.length === 0) shape.wrong('scopes', 'names nothing that the token is good for')
  const expiresAt = shape.text(fields['expiresAt'], 'expiresAt', { max: 40, isOptional: true })
  const time = expiresAt === undefined ? undefined : Date.parse(expiresAt)
  if (time !== undefined && !(time > now.getTime())) {
    shape.wrong('expiresAt', 'takes a time to come as in RFC 3339: 2027-01-31T00:00:00Z')
  }
  shape.check()
  return {
    name: name ?? '',
    scopes: [...new Set(scopes)],
    expiresAt: time === undefined ? undefined : new Date(time).toISOString(),
  }
}

function summaryOf(row: TokenRow): TokenSummary {
  return {
    id: row.id,
    name: row.name,
    scopes: row.scopes,
    createdAt: row.created_at.toISOString(),
    expiresAt: row.expires_at?.toISOString() ?? null,
    lastUsedAt: row.last_used_at?.toISOString() ?? null,
    revokedAt: row.revoked_at?.toISOString() ?? null,
  }
}
