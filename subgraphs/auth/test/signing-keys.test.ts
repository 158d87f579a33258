import { afterAll, beforeAll, expect, test } from 'vitest'
import { startAuth } from './start-auth.ts'

let auth: Awaited<ReturnType<typeof startAuth>>
let clock = new Date('2026-06-01T12:00:00Z')
const email = 'ada@demo.headcount.test'

beforeAll(async () => {
  auth = await startAuth({ now: () => clock, accessTokenSeconds: 5 })
  await auth.addUser(email, 'ANALYST')
})
afterAll(() => auth.stop())

const kids = () => auth.made.jwks().keys.map(({ kid }) => kid)

test('two keys are published, public parts only, over HTTP and in the process alike', async () => {
  const response = await fetch(`${auth.url}/.well-known/jwks.json`)
  const published = (await response.json()) as { keys: object[] }
  expect(published).toEqual(auth.made.jwks())
  expect(published.keys).toHaveLength(2)
  for (const key of published.keys) {
    expect(Object.keys(key).sort()).toEqual(['alg', 'crv', 'kid', 'kty', 'use', 'x'])
    expect(key).toMatchObject({ kty: 'OKP', crv: 'Ed25519', alg: 'EdDSA', use: 'sig' })
  }
  expect((await fetch(`${auth.url}/.well-known/jwks.json`, { method: 'POST' })).status).toBe(405)
})

test('after a rotation the published next key signs, and tokens of the last one stay good until they end', async () => {
  const [first, second] = kids()
  const before = await auth.signIn(email)
  await auth.made.rotateSigningKey()
  expect(kids()).toEqual([second, expect.any(String), first])
  const after = await auth.signIn(email)
  const header = JSON.parse(Buffer.from(after.accessToken.split('.')[0] ?? '', 'base64url').toString())
  expect(header).toMatchObject({ alg: 'EdDSA', kid: second })
  clock = new Date(clock.getTime() + 4_000)
  expect(await auth.claims(before.accessToken)).toMatchObject({ sub: before.user.id })
  clock = new Date(clock.getTime() + 2_000)
  await expect(auth.claims(before.accessToken)).rejects.toThrow('exp')
  // The other processes have a minute to notice that the key gave way.
  clock = new Date(clock.getTime() + 60_000)
  expect(kids()).toHaveLength(2)
  expect(kids()).not.toContain(first)
})

test('another secret than the one that sealed the keys stops the start and says so', async () => {
  const other = async () => auth.createAgain({ authSecret: 'y'.repeat(32) })
  await expect(other()).rejects.toThrow('HEADCOUNT_AUTH_SECRET')
})

test('a later start takes the keys that are there, and lets the next one sign when its day has come', async () => {
  const [current, next] = kids()
  const same = await auth.createAgain()
  expect(same.jwks()).toEqual(auth.made.jwks())
  await same.service.stop()
  clock = new Date(clock.getTime() + 90 * 86_400_000)
  const later = await auth.createAgain()
  expect(later.jwks().keys.map(({ kid }) => kid)).toEqual([next, expect.any(String), current])
  await later.service.stop()
})

test('no private key lies open in the database', async () => {
  const keys = await auth.service.database.query<{ sealed: string }>(
    'SELECT sealed_private_key AS sealed FROM signing_keys',
  )
  // The DER prefix that every Ed25519 private key has (RFC 8410).
  const prefix = Buffer.from('302e020100300506032b6570', 'hex')
  for (const { sealed } of keys) expect(Buffer.from(sealed, 'base64url').includes(prefix)).toBe(false)
})
