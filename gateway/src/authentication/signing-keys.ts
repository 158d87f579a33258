import { readFile, rename, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { createLocalJWKSet, errors, type JSONWebKeySet, type JWTVerifyGetKey } from 'jose'
import type { Logger } from 'pino'
import { request } from 'undici'

/** How long keys count as fresh, in milliseconds. */
const freshMs = 5 * 60_000
/** The least time between two questions for keys, so that made-up key ids cost nothing; the default. */
const pauseMs = 5_000

/** The public keys that access tokens are verified with. */
export interface SigningKeys {
  readonly find: JWTVerifyGetKey
  /** The keys as they are published; asked for anew when they are old. @throws Error when there are none */
  published(): Promise<JSONWebKeySet>
}

/** Reads a JWKS from an http(s) address, a `file:` address, or a path. */
async function fetchKeys(url: string): Promise<unknown> {
  if (!/^https?:/i.test(url)) {
    return JSON.parse(await readFile(/^file:/i.test(url) ? fileURLToPath(url) : url, 'utf8'))
  }
  const response = await request(url, { headersTimeout: 3_000, bodyTimeout: 3_000 })
  if (response.statusCode !== 200) {
    await response.body.dump()
    throw new Error(`HTTP ${response.statusCode}`)
  }
  return response.body.json()
}

function isKeySet(value: unknown): value is JSONWebKeySet {
  return typeof value === 'object' && value !== null && 'keys' in value && Array.isArray(value.keys)
}

async function readKept(file: string | undefined): Promise<JSONWebKeySet | undefined> {
  if (!file) return undefined
  try {
    const kept: unknown = JSON.parse(await readFile(file, 'utf8'))
    return isKeySet(kept) ? kept : undefined
  } catch {
    // No copy yet, or one that was cut short: the same as none.
    return undefined
  }
}

async function keep(file: string, keys: JSONWebKeySet): Promise<void> {
  const draft = `${file}.${process.pid}`
  await writeFile(draft, JSON.stringify(keys), { mode: 0o600 })
  await rename(draft, file)
}

/**
 * Keys of one issuer, kept in memory and on disk. When it is down the last ones serve; a key id that they lack asks
 * anew, at most every `cooldownMs`.
 */
export function signingKeys(options: {
  /** An address or a file of a JWKS, or a function that answers one. */
  readonly source: string | (() => Promise<JSONWebKeySet>)
  readonly file: string | undefined
  /** Default 5,000. */
  readonly cooldownMs?: number | undefined
  readonly log: Logger
  readonly now: () => number
}): SigningKeys {
  const { source, file, log, now, cooldownMs = pauseMs } = options
  let current: { readonly keys: JSONWebKeySet; readonly find: JWTVerifyGetKey } | undefined
  let askedAt = Number.NEGATIVE_INFINITY
  let asking: Promise<void> | undefined

  const use = (keys: JSONWebKeySet) => {
    current = { keys, find: createLocalJWKSet(keys) }
  }
  const ask = async () => {
    try {
      const keys: unknown = typeof source === 'string' ? await fetchKeys(source) : await source()
      if (!isKeySet(keys)) throw new Error('the answer is not a JWKS')
      use(keys)
      if (file)
        await keep(file, keys).catch((error: unknown) => log.warn({ err: error }, 'keys not kept on disk'))
    } catch (error) {
      const kept = current ? undefined : await readKept(file)
      if (kept) use(kept)
      log.warn(
        { err: error, hasKeys: current !== undefined },
        'the issuer did not give its keys; the last ones serve',
      )
    }
  }
  const refresh = () => {
    if (!asking && now() - askedAt >= cooldownMs) {
      askedAt = now()
      asking = ask().finally(() => {
        asking = undefined
      })
    }
    return asking ?? Promise.resolve()
  }
  const held = async () => {
    if (!current) await refresh()
    else if (now() - askedAt >= freshMs) void refresh()
    if (!current) throw new Error('no keys to verify tokens with: their issuer has not answered yet')
    return current
  }
  return {
    async find(header, token) {
      try {
        return await (await held()).find(header, token)
      } catch (error) {
        if (!(error instanceof errors.JWKSNoMatchingKey)) throw error
        await refresh()
        return (await held()).find(header, token)
      }
    },
    published: async () => (await held()).keys,
  }
}
