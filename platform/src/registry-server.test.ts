import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createTestDatabase, type TestDatabase } from '@headcount/database/testing'
import { runSchema } from '@headcount/registry/commands'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type RegistryServer, startRegistryServer } from './registry-server.ts'

const dataDirectory = mkdtempSync(join(tmpdir(), 'headcount-registry-server-'))
let database: TestDatabase
let server: RegistryServer
beforeAll(async () => {
  database = await createTestDatabase()
  const environment = { DATABASE_URL_REGISTRY: database.url, LOG_LEVEL: 'silent' }
  server = await startRegistryServer({ host: '127.0.0.1', port: 0, dataDirectory, environment })
})
afterAll(async () => {
  await server?.stop()
  await database?.drop()
  rmSync(dataDirectory, { recursive: true, force: true })
})

const token = () =>
  JSON.parse(readFileSync(join(dataDirectory, 'secrets.json'), 'utf8')).HEADCOUNT_REGISTRY_TOKEN

function publish() {
  return runSchema(['publish', '--all'], {
    out: () => {},
    err: () => {},
    environment: { HEADCOUNT_REGISTRY_URL: `${server.url}/registry`, HEADCOUNT_REGISTRY_TOKEN: token() },
    folder: import.meta.dirname,
    home: import.meta.dirname,
  })
}

test('a registry alone makes its tables and its token, and takes the whole graph of this repository', async () => {
  expect(token()).toMatch(/^hcr_[A-Za-z0-9_-]{43}$/)
  expect(server.tokenPlace).toContain('secrets.json')
  expect(await publish()).toBe(0)
  const headers = { authorization: `Bearer ${token()}` }
  const feed = await fetch(`${server.url}/registry/supergraph`, { headers })
  const published = readFileSync(join(import.meta.dirname, '../../schema/supergraph.graphql'), 'utf8')
  expect(await feed.text()).toBe(published)
})

test('it tells how it is, and has nothing else', async () => {
  expect((await fetch(`${server.url}/health/live`)).status).toBe(200)
  expect(await (await fetch(`${server.url}/health/ready`)).json()).toMatchObject({ status: 'ready' })
  expect(await (await fetch(`${server.url}/metrics`)).text()).toContain('headcount_registry_live_version 1')
  expect((await fetch(`${server.url}/`)).status).toBe(404)
  expect((await fetch(`${server.url}/registrys/supergraph`)).status).toBe(404)
  expect((await fetch(`${server.url}/registry/supergraph`)).status).toBe(401)
})

test('it stops within a moment though gateways wait, and tells them to come again', async () => {
  const headers = { authorization: `Bearer ${token()}`, 'if-none-match': '' }
  const feed = await fetch(`${server.url}/registry/supergraph`, { headers })
  headers['if-none-match'] = feed.headers.get('etag') ?? ''
  const waiting = fetch(`${server.url}/registry/supergraph?waitMs=30000`, { headers })
  await new Promise((resolve) => setTimeout(resolve, 300))
  const start = performance.now()
  await server.stop()
  expect((await waiting).status).toBe(304)
  expect(performance.now() - start).toBeLessThan(3_000)
})
