import { createHash } from 'node:crypto'
import type { UsageReport } from '@headcount/registry-api'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { readers } from '../reports/read-back.ts'
import { events, sdl, startRegistry, type TestRegistry } from '../server/harness.ts'
import { adminToken } from '../server/serve-registry.ts'
import { commit, schemaWith, useRepository, writeFile } from './repository.ts'

useRepository()

const file = 'subgraphs/events/schema.graphql'
const names = 'query Names { event(id: 1) { name } }'
const hash = (text: string) => createHash('sha256').update(text).digest('hex')

let registry: TestRegistry
beforeEach(async () => {
  registry = await startRegistry()
  await registry.publish({ name: 'events', sdl: events })
  writeFile(file, events.replace(' name: String!', ''))
  commit('first')
})
afterEach(() => registry.stop())

function check(...argv: string[]) {
  const environment = { HEADCOUNT_REGISTRY_URL: registry.url, HEADCOUNT_REGISTRY_TOKEN: adminToken }
  return schemaWith(environment, 'check', ...argv)
}

const removed = { code: 'FIELD_REMOVED', coordinate: 'Event.name', file, line: 4, column: 6 }

/** What a gateway saw: one operation, so often, of one client. */
function seen(text: string, coordinates: readonly string[]): UsageReport {
  const minute = 60_000
  const [from, to] = [Date.now() - 2 * minute, Date.now() - minute].map((at) => new Date(at).toISOString())
  const [id, client] = [hash(text), { name: 'ios', version: '2.1' }]
  const latencies = Array.from({ length: 14 }, (_, at) => (at === 0 ? 12 : 0))
  return {
    ...{ gateway: 'test', sequence: 1, from: from ?? '', to: to ?? '', inputs: [], uncounted: 0 },
    operations: [{ id, name: 'Names', kind: 'query', text, coordinates, documentId: null }],
    counts: [{ operation: id, client, requests: 12, errors: 0, latencies }],
  }
}

describe('schema check against a registry that runs', () => {
  it('knows nobody at first, fails, and writes the check down', async () => {
    const { code, out } = await check('--format', 'sarif')
    expect(code).toBe(1)
    expect(readers['sarif']?.(out)).toContainEqual({ verdict: 'unknown', ...removed })
    const { json } = await registry.call<{ items: unknown[] }>('GET', '/checks')
    expect(json.items).toMatchObject([
      { base: 1, subgraphs: ['events'], outcome: 'breaking', context: { branch: 'main' } },
    ])
  })

  it('tells which published operation breaks', async () => {
    const documents = [{ id: hash(names), text: names, name: 'Names' }]
    const { status } = await registry.call('POST', '/documents', { body: { client: 'dashboard', documents } })
    expect(status).toBe(200)
    const { code, out } = await check()
    expect(code).toBe(1)
    expect(out).toContain('used: it breaks 1 published operation of dashboard\n    operations: Names')
  })

  it('tells whose requests break, and lets through what nobody asked', async () => {
    const report = seen(names, ['Query', 'Query.event', 'Query.event.id', 'Event', 'Event.name'])
    expect((await registry.call('POST', '/usage', { body: report })).status).toBe(200)
    const used = await check()
    expect(used).toMatchObject({
      code: 1,
      out: expect.stringContaining('breaks 12 requests of ios 2.1 (100 % of all) in 30 days'),
    })
    writeFile('schema/registry.yaml', 'check: { usage: { excludedClients: [ios@2.*] } }')
    expect(await check()).toMatchObject({ code: 0, out: expect.stringContaining('unused: ') })
  })

  it('says what composes no more, and exits 2 on a token that is none', async () => {
    writeFile(file, sdl('type Query { event: Evnt }'))
    expect(await check()).toMatchObject({
      code: 1,
      out: expect.stringContaining(`error INVALID_GRAPHQL at ${file}:2:21`),
    })
    const environment = {
      HEADCOUNT_REGISTRY_URL: registry.url,
      HEADCOUNT_REGISTRY_TOKEN: `hcr_${'B'.repeat(43)}`,
    }
    const refused = await schemaWith(environment, 'check')
    expect(refused).toMatchObject({
      code: 2,
      out: '',
      err: expect.stringContaining('HEADCOUNT_REGISTRY_TOKEN'),
    })
  })
})
