import { afterAll, beforeAll, expect, it } from 'vitest'
import { startRegistry, type TestRegistry } from '../server/harness.ts'
import { count, operation, report } from './reports.ts'

let registry: TestRegistry

beforeAll(async () => {
  registry = await startRegistry()
  await registry.publish({ name: 'events', sdl: 'type Query { name: String slug: String }' })
})
afterAll(() => registry.stop())

it('what a gateway reports over HTTP is told over HTTP: operations, elements used and unused, the graph', async () => {
  const name = operation('query Name { name }', { coordinates: ['Query', 'Query.name'] })
  const body = report(new Date().toISOString(), { operations: [name], counts: [count(name.id, 'ios@1')] })
  expect(await registry.call('POST', '/usage', { body })).toMatchObject({
    status: 200,
    json: { unknown: [] },
  })
  const get = async (path: string) => (await registry.call('GET', path)).json
  expect(await get('/usage/operations?days=7')).toMatchObject({ items: [{ name: 'Name' }], before: null })
  expect(await get(`/usage/operations/${name.id}`)).toMatchObject({
    text: 'query Name { name }',
    requests: 1,
  })
  expect(await get('/usage/coordinates')).toMatchObject([
    { coordinate: 'Query' },
    { coordinate: 'Query.name' },
  ])
  expect(await get('/usage/unused')).toMatchObject({ coordinates: [{ coordinate: 'Query.slug' }] })
  expect(await get('/graph')).toMatchObject({ version: 1, types: [{ name: 'Query', owners: ['events'] }] })
})
