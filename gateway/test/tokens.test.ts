import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { exportJWK, generateKeyPair, type JSONWebKeySet, SignJWT, UnsecuredJWT } from 'jose'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { venueGraph } from './graph.ts'
import { createTokens, issuer, type Served, serve, type Tokens } from './support.ts'

const clock = { offset: 0 }
const now = () => Date.now() + clock.offset
let tokens: Tokens
let served: Served
let folder: string

beforeAll(async () => {
  tokens = await createTokens()
  served = await serve(venueGraph().all, 'in-process', { tokens, now })
  folder = await mkdtemp(join(tmpdir(), 'headcount-keys-'))
})
afterAll(async () => {
  await served.close()
  await rm(folder, { recursive: true })
})
beforeEach(() => {
  clock.offset = 0
})

async function whoami(token: string, at = served) {
  const { status, body, headers } = await at.post(
    { query: '{ whoami }' },
    { authorization: `Bearer ${token}` },
  )
  return {
    status,
    code: body.errors?.[0]?.extensions.code,
    data: body.data,
    challenge: headers.get('www-authenticate'),
  }
}

const good = { status: 200, code: undefined, data: { whoami: 'usr_1' }, challenge: null }
const refused = {
  status: 401,
  code: 'UNAUTHENTICATED',
  data: undefined,
  challenge: 'Bearer error="invalid_token"',
}

async function foreign(sign: (jwt: SignJWT) => Promise<string>): Promise<string> {
  const claims = { org: 'org_1', kind: 'user', scope: '*', sid: 's' }
  return sign(
    new SignJWT(claims)
      .setSubject('usr_1')
      .setIssuer(issuer)
      .setAudience('headcount')
      .setExpirationTime('1h'),
  )
}

test('a good token is somebody', async () => {
  expect(await whoami(await tokens.sign({}))).toEqual(good)
})

test('a token is good until it ends, and no longer, though it was verified before', async () => {
  const token = await tokens.sign({}, { expiresInMs: 60_000 })
  expect(await whoami(token)).toEqual(good)
  clock.offset = 59_000
  expect(await whoami(token)).toEqual(good)
  clock.offset = 62_000
  expect(await whoami(token)).toEqual(refused)
  expect(await whoami(token)).toEqual(refused)
})

test.each<[string, () => Promise<string>]>([
  ['for another audience', () => tokens.sign({}, { audience: 'elsewhere' })],
  ['that has ended', () => tokens.sign({}, { expiresInMs: -5_000 })],
  ['without an organization', () => tokens.sign({ org: undefined })],
  ['without scopes', () => tokens.sign({ scope: undefined })],
  ['that claims to be a service', () => tokens.sign({ kind: 'service' })],
  [
    'that was changed',
    async () =>
      (await tokens.sign({})).replace(
        /\.[^.]*\./,
        `.${Buffer.from('{"sub":"usr_2"}').toString('base64url')}.`,
      ),
  ],
  [
    'without a signature',
    async () =>
      new UnsecuredJWT({ org: 'org_1', kind: 'user', scope: '*' })
        .setSubject('usr_1')
        .setIssuer(issuer)
        .setAudience('headcount')
        .setExpirationTime('1h')
        .encode(),
  ],
  [
    'signed with the public key as a secret',
    () =>
      foreign((jwt) =>
        jwt
          .setProtectedHeader({ alg: 'HS256', kid: 'one' })
          .sign(Buffer.from(String(tokens.keySet.keys[0]?.x), 'base64url')),
      ),
  ],
  [
    'signed by somebody else under our key’s id',
    async () => {
      const { privateKey } = await generateKeyPair('EdDSA', { crv: 'Ed25519' })
      return foreign((jwt) => jwt.setProtectedHeader({ alg: 'EdDSA', kid: 'one' }).sign(privateKey))
    },
  ],
  ['that is enormous', async () => 'x'.repeat(9_000)],
])('a token %s is nobody’s', async (_what, make) => {
  expect(await whoami(await make())).toEqual(refused)
})

function authentication(keys: () => Promise<JSONWebKeySet>, keysFile?: string) {
  return { authentication: { keys, issuer, audience: 'headcount', keysFile }, now }
}

test('a new key is found by the first token that it signed', async () => {
  const published: JSONWebKeySet = { keys: [...tokens.keySet.keys] }
  const rotating = await serve(
    venueGraph().all,
    'in-process',
    authentication(async () => ({ ...published })),
  )
  expect(await whoami(await tokens.sign({}), rotating)).toEqual(good)
  const { publicKey, privateKey } = await generateKeyPair('EdDSA', { crv: 'Ed25519' })
  published.keys.push({ ...(await exportJWK(publicKey)), kid: 'two', alg: 'EdDSA' })
  const next = () => foreign((jwt) => jwt.setProtectedHeader({ alg: 'EdDSA', kid: 'two' }).sign(privateKey))
  clock.offset = 10_000
  expect(await whoami(await next(), rotating)).toEqual(good)
  await rotating.close()
})

test('made-up key ids do not make the gateway ask auth again and again', async () => {
  let asked = 0
  const keys = async () => {
    asked += 1
    return tokens.keySet
  }
  const plain = await serve(venueGraph().all, 'in-process', authentication(keys))
  const { privateKey } = await generateKeyPair('EdDSA', { crv: 'Ed25519' })
  for (let count = 0; count < 20; count += 1) {
    const token = await foreign((jwt) =>
      jwt.setProtectedHeader({ alg: 'EdDSA', kid: `k${count}` }).sign(privateKey),
    )
    expect(await whoami(token, plain)).toEqual(refused)
  }
  expect(asked).toBe(1)
  await plain.close()
})

test('the last keys are on disk, and serve a start while auth is down', async () => {
  const file = join(folder, 'keys.json')
  const before = await serve(
    venueGraph().all,
    'in-process',
    authentication(async () => tokens.keySet, file),
  )
  await whoami(await tokens.sign({}), before)
  await before.close()
  expect(JSON.parse(await readFile(file, 'utf8'))).toEqual(tokens.keySet)
  const down = async (): Promise<JSONWebKeySet> => {
    throw new Error('auth is down')
  }
  const after = await serve(venueGraph().all, 'in-process', authentication(down, file))
  expect(await whoami(await tokens.sign({}), after)).toEqual(good)
  expect(await after.gateway.keys()).toEqual(tokens.keySet)
  await after.close()
})

test('without any key a token is neither good nor bad: try again; and what needs none still answers', async () => {
  const down = async (): Promise<JSONWebKeySet> => {
    throw new Error('auth is down')
  }
  const keyless = await serve(venueGraph().all, 'in-process', authentication(down))
  const answer = await whoami(await tokens.sign({}), keyless)
  expect(answer).toMatchObject({ status: 503, code: 'NOT_READY', challenge: null })
  expect((await keyless.post({ query: '{ open }' })).body).toEqual({ data: { open: 'open' } })
  await keyless.close()
})
