import type { CreatedToken, TokenSummary } from '@headcount/registry-api'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { events, startRegistry, type TestRegistry } from './harness.ts'
import { adminToken } from './serve-registry.ts'

let test: TestRegistry
let now = new Date()
beforeAll(async () => {
  test = await startRegistry({
    now: () => now,
    authorize: async ({ authorization }) =>
      authorization === 'Bearer person' ? { name: 'olga@demo.test', scopes: ['schema:read'] } : undefined,
  })
  await test.publish({ name: 'events', sdl: events })
})
afterAll(() => test?.stop())

async function create(name: string, scopes: string[], expiresAt?: string): Promise<CreatedToken> {
  const { status, json } = await test.call<CreatedToken>('POST', '/tokens', {
    body: { name, scopes, expiresAt },
  })
  expect(status).toBe(201)
  return json
}

const list = async () => (await test.call<TokenSummary[]>('GET', '/tokens')).json

describe('tokens', () => {
  it('are shown once, and kept as a hash alone', async () => {
    const { secret, id } = await create('ci', ['schema:read'])
    expect(secret).toMatch(/^hcr_[A-Za-z0-9_-]{43}$/)
    expect(await list()).toMatchObject([{ id, name: 'ci', scopes: ['schema:read'], revokedAt: null }])
    const rows = await test.database.query('SELECT * FROM tokens')
    expect(JSON.stringify(rows)).not.toContain(secret.slice(4, 20))
  })

  it('let do what their scopes say, and nothing else', async () => {
    const { secret: token } = await create('reader', ['schema:read'])
    expect((await test.call('GET', '/supergraph', { token })).status).toBe(200)
    for (const [method, path] of [
      ['POST', '/versions'],
      ['POST', '/rollback'],
      ['GET', '/tokens'],
      ['PUT', '/contracts/x'],
      ['GET', '/audit'],
    ] as const) {
      expect(await test.call(method, path, { token })).toMatchObject({
        status: 403,
        json: {
          error: {
            code: 'FORBIDDEN',
            message: expect.stringMatching(/takes the scope .*"reader" has schema:read/),
          },
        },
      })
    }
  })

  it('are refused at once when they are revoked, and when their time is over', async () => {
    const revoked = await create('revoked', ['schema:read'])
    const ending = await create('ending', ['schema:read'], new Date(now.getTime() + 60_000).toISOString())
    for (const { secret: token } of [revoked, ending]) {
      expect((await test.call('GET', '/supergraph', { token })).status).toBe(200)
    }
    expect((await test.call('POST', `/tokens/${revoked.id}/revoke`, {})).status).toBe(200)
    now = new Date(now.getTime() + 60_001)
    for (const { secret: token } of [revoked, ending]) {
      const { status, headers } = await test.call('GET', '/supergraph', { token })
      expect(status).toBe(401)
      expect(headers.get('www-authenticate')).toContain('Bearer')
    }
    expect((await test.call('POST', '/tokens/none/revoke', {})).status).toBe(404)
  })

  it('end a long poll that would have given something after they were revoked', async () => {
    const { id, secret: token } = await create('poller', ['schema:read'])
    const known = (await test.call('GET', '/supergraph', { token })).headers.get('etag') ?? ''
    const poll = test.call('GET', '/supergraph?waitMs=20000', { token, headers: { 'if-none-match': known } })
    await new Promise((resolve) => setTimeout(resolve, 1_100))
    await test.call('POST', `/tokens/${id}/revoke`, {})
    await test.publish({ name: 'events', sdl: events.replace('name', 'title') })
    expect((await poll).status).toBe(401)
  })

  it('note their use, once a minute at most', async () => {
    const { id, secret: token } = await create('used', ['schema:read'])
    const usedAt = async () => (await list()).find((one) => one.id === id)?.lastUsedAt
    await test.call('GET', '/supergraph', { token })
    await expect.poll(usedAt).toBe(now.toISOString())
    const first = now
    now = new Date(now.getTime() + 30_000)
    await test.call('GET', '/supergraph', { token })
    await new Promise((resolve) => setTimeout(resolve, 100))
    expect(await usedAt()).toBe(first.toISOString())
    now = new Date(now.getTime() + 40_000)
    await test.call('GET', '/supergraph', { token })
    await expect.poll(usedAt).toBe(now.toISOString())
  })

  it('have a name of their own, known scopes and a time to come', async () => {
    await create('one', ['schema:read'])
    const post = (body: object) => test.call('POST', '/tokens', { body })
    expect(await post({ name: 'one', scopes: ['schema:read'] })).toMatchObject({ status: 409 })
    expect(await post({ name: 'x', scopes: ['schema:write'] })).toMatchObject({
      status: 400,
      json: { error: { message: expect.stringContaining('there are: schema:read, schema:check') } },
    })
    expect((await post({ name: 'x', scopes: [] })).status).toBe(400)
    expect((await post({ name: 'x', scopes: ['schema:read'], expiresAt: '2001-01-01' })).status).toBe(400)
  })

  it('are refused cheaply when nobody knows them, while those that are known go on', async () => {
    const { secret: known } = await create('known', ['schema:read'])
    await test.call('GET', '/supergraph', { token: known })
    let looked = 0
    const statuses = new Map<number, number>()
    for (let i = 0; i < 300; i += 1) {
      const token = `hcr_${String(i).padStart(43, 'x')}`
      const { status } = await test.call('GET', '/supergraph', { token })
      statuses.set(status, (statuses.get(status) ?? 0) + 1)
      if (status === 401) looked += 1
    }
    // The one that is good was unknown once, too.
    expect(looked).toBe(99)
    expect(statuses.get(503)).toBe(201)
    expect((await test.call('GET', '/supergraph', { token: known })).status).toBe(200)
    expect((await test.call('GET', '/supergraph', { token: 'hcr_short' })).status).toBe(401)
    now = new Date(now.getTime() + 10_000)
  })
})

describe('other ways in', () => {
  it('are the token of the configuration, which may do everything and is not stored', async () => {
    expect((await test.call('GET', '/tokens', { token: adminToken })).status).toBe(200)
    expect((await list()).map(({ name }) => name)).not.toContain('HEADCOUNT_REGISTRY_TOKEN')
  })

  it('are people whom the platform knows, with the scopes that it says', async () => {
    expect((await test.call('GET', '/supergraph', { token: 'person' })).status).toBe(200)
    expect(await test.call('POST', '/versions', { token: 'person', body: {} })).toMatchObject({
      status: 403,
      json: { error: { message: expect.stringContaining('olga@demo.test') } },
    })
    expect((await test.call('GET', '/supergraph', { token: 'nobody' })).status).toBe(401)
    expect(await test.call('GET', '/supergraph', { token: '' })).toMatchObject({
      status: 401,
      json: { error: { code: 'UNAUTHENTICATED', message: expect.stringContaining('There is no token') } },
    })
  })
})
