import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { signViewer } from '@headcount/access'
import { codeOf } from '@headcount/errors'
import { exportJWK, generateKeyPair, type JSONWebKeySet, SignJWT } from 'jose'
import { pino } from 'pino'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createAuthentication } from '../src/authentication/authentication.ts'
import { claimsOf } from '../src/authentication/claims.ts'

const clock = { offset: 0 }
const parts = { log: pino({ level: 'silent' }), now: () => Date.now() + clock.offset }
beforeEach(() => {
  clock.offset = 0
})

/** An issuer of somebody else: its keys, one for each algorithm, and tokens that they sign. */
async function createIssuer(issuer: string, algorithms: readonly string[] = ['RS256']) {
  const pairs = await Promise.all(
    algorithms.map(async (alg) => ({ alg, kid: `${issuer}-${alg}`, ...(await generateKeyPair(alg)) })),
  )
  const jwks = async (withIds = true): Promise<JSONWebKeySet> => ({
    keys: await Promise.all(
      pairs.map(async ({ alg, kid, publicKey }) => ({
        ...(await exportJWK(publicKey)),
        alg,
        ...(withIds ? { kid } : {}),
      })),
    ),
  })
  const sign = (claims: Record<string, unknown>, options: { alg?: string; withId?: boolean } = {}) => {
    const pair = pairs.find(({ alg }) => alg === (options.alg ?? algorithms[0]))
    if (!pair) throw new Error(`no key for ${options.alg}`)
    const { alg, kid, privateKey } = pair
    const exp = Math.ceil(Date.now() / 1000) + 60
    return new SignJWT({ sub: 'u1', iss: issuer, aud: 'shop', exp, ...claims })
      .setProtectedHeader(options.withId === false ? { alg } : { alg, kid })
      .sign(privateKey)
  }
  return { issuer, jwks, sign }
}

type Issuer = Awaited<ReturnType<typeof createIssuer>>
const every = ['EdDSA', 'ES256', 'ES384', 'ES512', 'RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512']
let one: Issuer
let two: Issuer
let set: JSONWebKeySet

beforeAll(async () => {
  one = await createIssuer('https://one.example', every)
  two = await createIssuer('https://two.example')
  set = await one.jwks()
})

const trust = (issuer: Issuer, more: object = {}) => ({
  keys: () => issuer.jwks(),
  issuer: issuer.issuer,
  claims: {},
  ...more,
})
const reads = (options: Parameters<typeof createAuthentication>[0]) =>
  createAuthentication(options, parts).readToken
/** The code and message that a token is refused with. */
async function refusal(read: () => unknown) {
  try {
    await read()
  } catch (error) {
    return codeOf(error)
  }
  return 'accepted'
}

describe('a token of another issuer', () => {
  test.each(every)('is read when it is signed by %s', async (alg) => {
    const read = reads(trust(one))
    expect(await read(await one.sign({}, { alg }))).toMatchObject({
      kind: 'user',
      id: 'u1',
      organizationId: '',
    })
  })

  test('says who asks by the claims that are configured, deep ones and lists too', async () => {
    const read = reads(
      trust(one, {
        claims: {
          id: 'https://one.example/id',
          organization: 'tenant.id',
          scopes: 'realm_access.roles',
          policies: 'policies',
        },
      }),
    )
    const claims = {
      'https://one.example/id': 'u2',
      tenant: { id: 't1' },
      realm_access: { roles: ['read', 7, 'write', ''] },
      policies: 'adult  staff',
    }
    expect(await read(await one.sign(claims))).toMatchObject({
      kind: 'user',
      id: 'u2',
      organizationId: 't1',
      scopes: ['read', 'write'],
      policies: ['adult', 'staff'],
    })
  })

  test('has its scopes from a text by default, and none when it names none', async () => {
    const read = reads(trust(one))
    expect(await read(await one.sign({ scope: 'a b:c' }))).toMatchObject({ scopes: ['a', 'b:c'] })
    expect(await read(await one.sign({}))).toMatchObject({ scopes: [] })
  })

  test('is nobody’s when it lacks the id, or reaches for it by a name of every object', async () => {
    expect(await refusal(async () => reads(trust(one))(await one.sign({ sub: '' })))).toBe('UNAUTHENTICATED')
    const odd = reads(trust(one, { claims: { id: 'constructor.name' } }))
    expect(await refusal(async () => odd(await one.sign({})))).toBe('UNAUTHENTICATED')
  })

  test('does not pass for one of the platform’s own, which need an organization and a kind', async () => {
    const own = reads({ keys: () => one.jwks(), issuer: one.issuer })
    expect(await refusal(async () => own(await one.sign({ scope: '' })))).toBe('UNAUTHENTICATED')
    expect(await own(await one.sign({ scope: '', org: 'o', kind: 'user' }))).toMatchObject({
      organizationId: 'o',
    })
  })

  test('keeps its claims for rules that name them, and they go no further', async () => {
    const viewer = await reads(trust(one))(await one.sign({ secret: 'only here' }))
    expect(claimsOf(viewer)).toMatchObject({ sub: 'u1', secret: 'only here' })
    expect(claimsOf({ ...viewer })).toBeUndefined()
    expect(Buffer.from(signViewer(viewer, 's'), 'base64url').toString()).not.toContain('only here')
  })

  test.each([
    ['for another audience', { aud: 'elsewhere' }],
    ['of another issuer', { iss: 'https://three.example' }],
    ['that never ends', { exp: undefined }],
    ['that is longer than tokens are', { pad: 'x'.repeat(7_000) }],
    ['that is not good yet', { nbf: Math.ceil(Date.now() / 1000) + 30 }],
  ])('%s is refused', async (_what, claims) => {
    const read = reads(trust(one, { audience: ['shop', 'office'] }))
    expect(await refusal(async () => read(await one.sign({})))).toBe('accepted')
    const token = await one.sign(claims)
    expect(await refusal(() => read(token))).toBe('UNAUTHENTICATED')
  })

  test('is refused when its algorithm is not among those that are accepted', async () => {
    const read = reads(trust(one, { algorithms: ['ES256'] }))
    expect(await refusal(async () => read(await one.sign({}, { alg: 'RS256' })))).toBe('UNAUTHENTICATED')
    expect(await refusal(async () => read(await one.sign({}, { alg: 'ES256' })))).toBe('accepted')
  })

  test('is refused when it is signed with the public key as a secret', async () => {
    const forged = await new SignJWT({ sub: 'u1', iss: one.issuer })
      .setProtectedHeader({ alg: 'HS256', kid: `${one.issuer}-RS256` })
      .setExpirationTime('1m')
      .sign(Buffer.from(JSON.stringify(set.keys[4])))
    expect(await refusal(() => reads(trust(one))(forged))).toBe('UNAUTHENTICATED')
  })

  test.each([['HS256'], ['none'], ['ES256', 'HS512'], []])('cannot be accepted by %s %s', (...algorithms) => {
    expect(() => reads(trust(one, { algorithms }))).toThrow(/cannot be verified by .*; accepted are EdDSA/)
  })

  test('without a key id is verified by each key that fits', async () => {
    const other = await createIssuer(one.issuer, ['RS256'])
    const keys = async () => ({
      keys: [...(await two.jwks(false)).keys, ...(await other.jwks(false)).keys],
    })
    const read = reads(trust(one, { keys }))
    expect(await read(await other.sign({}, { withId: false }))).toMatchObject({ id: 'u1' })
    expect(await refusal(async () => read(await one.sign({}, { withId: false })))).toBe('UNAUTHENTICATED')
  })
})

describe('of several issuers', () => {
  test('each one’s tokens are verified by its own keys and audience alone', async () => {
    const read = reads([trust(one, { audience: 'shop' }), trust(two, { audience: 'office' })])
    expect(await read(await one.sign({}))).toMatchObject({ id: 'u1' })
    expect(await read(await two.sign({ aud: 'office' }))).toMatchObject({ id: 'u1' })
    expect(await refusal(async () => read(await two.sign({ aud: 'shop' })))).toBe('UNAUTHENTICATED')
    expect(await refusal(async () => read(await two.sign({ iss: one.issuer })))).toBe('UNAUTHENTICATED')
  })

  test('one that is down costs its own tokens only', async () => {
    const down = async (): Promise<JSONWebKeySet> => {
      throw new Error('down')
    }
    const read = reads([trust(one, { keys: down }), trust(two)])
    expect(await read(await two.sign({}))).toMatchObject({ id: 'u1' })
    expect(await refusal(async () => read(await one.sign({})))).toBe('NOT_READY')
    expect(await refusal(async () => read(await two.sign({ exp: 1 })))).toBe('UNAUTHENTICATED')
  })

  test('the published keys are those of all', async () => {
    const { keys } = await createAuthentication([trust(one), trust(two)], parts).keys()
    expect(keys).toHaveLength(every.length + 1)
  })
})

describe('a verified token', () => {
  test('is read again at once, by the same viewer, until it ends', async () => {
    const read = reads(trust(one))
    const token = await one.sign({})
    const first = await read(token)
    expect(read(token)).toBe(first)
    clock.offset = 62_000
    expect(() => read(token)).toThrow('The access token has ended')
    expect(await refusal(() => read(token))).toBe('UNAUTHENTICATED')
  })

  test('does not make another one good that has its signature', async () => {
    const read = reads(trust(one))
    const token = await one.sign({})
    await read(token)
    const payload = Buffer.from(JSON.stringify({ sub: 'u2', iss: one.issuer, exp: 9_999_999_999 }))
    const forged = token.replace(/\.[^.]*\./, `.${payload.toString('base64url')}.`)
    expect(await refusal(() => read(forged))).toBe('UNAUTHENTICATED')
    expect(read(token)).toMatchObject({ id: 'u1' })
  })

  test('is good for as much longer as clocks may differ', async () => {
    const read = reads(trust(one, { clockToleranceMs: 5_000 }))
    const token = await one.sign({})
    clock.offset = 63_000
    await read(token)
    expect(read(token)).toMatchObject({ id: 'u1' })
    clock.offset = 67_000
    expect(() => read(token)).toThrow('The access token has ended')
  })
})

describe('keys', () => {
  let folder: string
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'headcount-jwks-'))
  })
  afterAll(() => rm(folder, { recursive: true }))

  test('come from a file by its path or address, and a new key in it is found', async () => {
    const file = join(folder, 'jwks.json')
    await writeFile(file, JSON.stringify(await two.jwks()))
    for (const keys of [file, pathToFileURL(file).href]) {
      expect(await reads(trust(two, { keys }))(await two.sign({}))).toMatchObject({ id: 'u1' })
    }
    const read = reads(trust(one, { keys: file }))
    expect(await refusal(async () => read(await one.sign({})))).toBe('UNAUTHENTICATED')
    await writeFile(file, JSON.stringify(set))
    clock.offset = 6_000
    expect(await read(await one.sign({}))).toMatchObject({ id: 'u1' })
  })

  test('come from an address, which is asked again at most once a pause', async () => {
    let asked = 0
    const server = createServer((_request, response) => {
      asked += 1
      response.end(JSON.stringify(set))
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const keys = `http://127.0.0.1:${(server.address() as AddressInfo).port}/jwks`
    const read = reads(trust(one, { keys, cooldownMs: 1_000 }))
    const stranger = await createIssuer(one.issuer, ['PS256'])
    const odd = () => stranger.sign({}, { alg: 'PS256' })
    expect(await read(await one.sign({}))).toMatchObject({ id: 'u1' })
    for (let count = 0; count < 5; count += 1)
      expect(await refusal(async () => read(await odd()))).not.toBe('accepted')
    expect(asked).toBe(1)
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  })
})
