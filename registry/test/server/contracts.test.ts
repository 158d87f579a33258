import type { ContractSummary, VersionDetail } from '@headcount/registry-api'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sdl, startRegistry, type TestRegistry } from './harness.ts'

const good = sdl(`type Query { a: Int @tag(name: "public")  secret: Secret @tag(name: "internal") }
type Secret @tag(name: "internal") { b: Int }`)

let test: TestRegistry
const announced: number[] = []
beforeAll(async () => {
  test = await startRegistry({ announce: (version) => announced.push(version) })
})
afterAll(() => test?.stop())

const put = (name: string, body: object) => test.call<ContractSummary>('PUT', `/contracts/${name}`, { body })

describe('contracts', () => {
  it('may be there before the first version, and serve something from it on', async () => {
    const set = await put('apps', { exclude: ['internal'] })
    expect(set).toMatchObject({
      status: 200,
      json: { name: 'apps', hidesUnreachable: true, servedVersion: null },
    })
    expect((await test.call('GET', '/contracts/apps/supergraph')).status).toBe(404)
    const { json } = await test.publish({ name: 'a', sdl: good })
    expect(json.version.contracts).toMatchObject([{ name: 'apps', errors: [], hash: expect.any(String) }])
    const feed = await test.call('GET', '/contracts/apps/supergraph')
    expect(feed.headers.get('etag')).toBe(`"${json.version.contracts[0]?.hash}"`)
    expect(feed.headers.get('x-headcount-version')).toBe('1')
    expect(feed.text).toContain('@inaccessible')
    const api = await test.call('GET', '/contracts/apps/api-schema')
    expect(api.text).toMatch(/^type Query \{\s+a: Int\s+\}\s*$/)
    expect((await test.call('GET', '/api-schema')).text).toContain('secret: Secret')
  })

  it('are applied at once when they are set or changed, and told to those who wait', async () => {
    const known = (await test.call('GET', '/contracts/apps/supergraph')).headers.get('etag') ?? ''
    const poll = test.call('GET', '/contracts/apps/supergraph?waitMs=20000', {
      headers: { 'if-none-match': known },
    })
    const before = announced.length
    expect((await put('apps', { include: ['public'], exclude: [] })).json).toMatchObject({
      servedVersion: 1,
      errors: [],
    })
    expect((await poll).status).toBe(200)
    expect(announced.slice(before)).toEqual([1])
    expect((await put('apps', { include: ['public'], exclude: [] })).status).toBe(200)
    expect(announced).toHaveLength(before + 1)
  })

  it('that do not work with a version serve the last good one on, and say why', async () => {
    const before = await test.call('GET', '/contracts/apps/supergraph')
    const { json, status } = await test.publish({ name: 'a', sdl: sdl('type Query { other: Int }') })
    expect(status).toBe(200)
    expect(json.version).toMatchObject({
      isLive: true,
      contracts: [
        { name: 'apps', hash: null, errors: [expect.stringContaining('Every field of Query is hidden')] },
      ],
    })
    const after = await test.call('GET', '/contracts/apps/supergraph')
    expect(after.text).toBe(before.text)
    expect(after.headers.get('x-headcount-version')).toBe('1')
    expect((await test.call('GET', '/contracts')).json).toMatchObject([
      { name: 'apps', servedVersion: 1, errors: [expect.stringContaining('hidden')] },
    ])
    await test.publish({ name: 'a', sdl: good })
    expect((await test.call('GET', '/contracts/apps/supergraph')).headers.get('x-headcount-version')).toBe(
      '3',
    )
  })

  it('that do not work when they are set are stored and refused, and serve what they served', async () => {
    const before = await test.call('GET', '/contracts/apps/api-schema')
    const set = await put('apps', { include: ['nobody'] })
    expect(set).toMatchObject({ status: 422, json: { servedVersion: 3, errors: [expect.any(String)] } })
    expect((await test.call('GET', '/contracts/apps/api-schema')).text).toBe(before.text)
    const { json } = await test.call<VersionDetail>('GET', '/versions/3')
    expect(json.contracts[0]?.errors).toHaveLength(1)
  })

  it('are removed', async () => {
    expect((await test.call('DELETE', '/contracts/apps')).json).toEqual({ removed: true })
    expect((await test.call('DELETE', '/contracts/apps')).json).toEqual({ removed: false })
    expect((await test.call('GET', '/contracts/apps/supergraph')).json).toMatchObject({
      error: { message: 'There is no contract "apps"; there are: none.' },
    })
  })

  it('take names, tags and at least one of these', async () => {
    for (const body of [
      {},
      { include: ['a b'] },
      { include: 'x' },
      { exclude: ['x'], hidesUnreachable: 1 },
      { name: 'z', exclude: ['x'] },
      { excludes: ['x'] },
    ]) {
      expect((await put('one', body)).status, JSON.stringify(body)).toBe(400)
    }
    expect((await put('1one', { exclude: ['x'] })).status).toBe(400)
    expect((await put('one', { name: 'one', exclude: ['x', 'x'] })).json.exclude).toEqual(['x'])
  })
})
