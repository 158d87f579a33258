import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createTestDatabase, type TestDatabase } from '@headcount/database/testing'
import { createGateway, type Gateway, gatewayServer, type SupergraphSource } from '@headcount/gateway'
import { createRegistry, type Registry } from '@headcount/registry'
import { startNats } from '@headcount/servers'
import { serversOrSkip, titled } from '@headcount/servers/testing'
import { pino } from 'pino'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { registryAnnouncements, withAnnouncements } from './registry-announcements.ts'

const log = pino({ level: 'silent' })
const missing = await serversOrSkip()
const admin = { name: 'test', scopes: ['registry:admin'] }
const adminToken = `hcr_${'A'.repeat(43)}`
const federation =
  'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@tag"])'

let folder: string
let database: TestDatabase
let registry: Registry
let server: Server
let port = 0
const gateways: Gateway[] = []
const servers: Server[] = []

async function openRegistry(announce?: (version: number) => void): Promise<void> {
  registry = await createRegistry({ database: database.url, log, adminToken, announce })
  server = createServer((request, response) => void registry.handle(request, response, '/registry'))
  await once(server.listen(port, '127.0.0.1'), 'listening')
  port = (server.address() as AddressInfo).port
}

async function closeRegistry(): Promise<void> {
  registry.drain()
  server.closeAllConnections()
  server.close()
  await registry.stop()
}

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'headcount-over-registry-'))
  database = await createTestDatabase(fileURLToPath(new URL('../../registry/prisma', import.meta.url)))
  await openRegistry()
})
afterEach(async () => {
  for (const each of servers.splice(0)) each.close()
  await Promise.all(gateways.splice(0).map((each) => each.close()))
  await closeRegistry()
  await database.drop()
  await rm(folder, { recursive: true })
})

const url = () => `http://127.0.0.1:${port}/registry`
const publish = (fields: string) =>
  registry.publish(
    {
      subgraphs: [
        { name: 'doors', url: 'http://127.0.0.1:9/graphql', sdl: `${federation}\ntype Query { ${fields} }` },
      ],
    },
    admin,
  )

async function start(supergraph: SupergraphSource): Promise<(field: string) => Promise<boolean>> {
  const gateway = await createGateway({ supergraph, log })
  gateways.push(gateway)
  const door = gatewayServer(gateway)
  servers.push(door)
  await once(door.listen(0, '127.0.0.1'), 'listening')
  const { port: at } = door.address() as AddressInfo
  return async (field) => {
    const response = await fetch(`http://127.0.0.1:${at}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', connection: 'close' },
      body: JSON.stringify({ query: `{ ${field} }` }),
    })
    return !(await response.text()).includes('GRAPHQL_VALIDATION_FAILED')
  }
}

const remote = (address: string): SupergraphSource => ({
  registry: { url: address, token: adminToken, copyDirectory: folder, pollIntervalMs: 86_400_000 },
})
const until = (check: () => Promise<boolean>) =>
  vi.waitFor(async () => expect(await check()).toBe(true), { timeout: 10_000, interval: 20 })

test('what is published reaches gateways across the network and in the process at once; what does not compose reaches none', async () => {
  await publish('open: String')
  const all = [await start(remote(url())), await start({ feed: registry.supergraph() })]
  await publish('open: String closed: String')
  for (const knows of all) await until(() => knows('closed'))
  const answer = await publish('open: Strin')
  expect(answer.version.composes).toBe(false)
  await publish('open: String closed: String ajar: String')
  for (const knows of all) await until(() => knows('ajar'))
})

test('a gateway outlives the registry, starts without it, and hears of what was published meanwhile', async () => {
  await publish('open: String')
  const before = await start(remote(url()))
  await closeRegistry()
  expect(await before('open')).toBe(true)
  const after = await start(remote(url()))
  expect(await after('open')).toBe(true)
  await openRegistry()
  await publish('open: String closed: String')
  for (const knows of [before, after]) await until(() => knows('closed'))
})

test('a gateway of a contract serves what the contract lets through', async () => {
  await publish('open: String @tag(name: "public") closed: String')
  const created = await fetch(`${url()}/contracts/partners`, {
    method: 'PUT',
    headers: { authorization: `Bearer ${adminToken}`, 'content-type': 'application/json' },
    body: JSON.stringify({ name: 'partners', include: ['public'], exclude: [], hidesUnreachable: true }),
  })
  expect(created.status).toBeLessThan(300)
  const knows = await start(remote(`${url()}/contracts/partners`))
  expect([await knows('open'), await knows('closed')]).toEqual([true, false])
  await publish('open: String @tag(name: "public") ajar: String @tag(name: "public") closed: String')
  await until(() => knows('ajar'))
  expect(await knows('closed')).toBe(false)
})

test('a gateway whose token the registry does not know is told so', async () => {
  await publish('open: String')
  const source = { registry: { url: url(), token: `hcr_${'B'.repeat(43)}`, copyDirectory: 'none' } }
  await expect(createGateway({ supergraph: source, log })).rejects.toThrow(
    /it answered HTTP 401, since it does not know the token .*HEADCOUNT_REGISTRY_TOKEN/,
  )
})

test('a gateway does not start where nothing composes yet, and says what would bring something', async () => {
  await expect(createGateway({ supergraph: remote(url()), log })).rejects.toThrow(
    'it answered HTTP 404: No version composes yet: publish the subgraphs with `headcount schema publish`',
  )
})

describe.skipIf(missing)(titled('over NATS', missing), () => {
  test('a gateway that may not wait and asks once a minute serves what is published at once', async () => {
    await using cleanup = new AsyncDisposableStack()
    const nats = await startNats({ directory: join(folder, 'nats') })
    cleanup.defer(() => nats.stop())
    const [said, heard] = [1, 2].map(() => {
      const made = registryAnnouncements(nats.url, log)
      cleanup.defer(() => made.close())
      return made
    })
    if (!said || !heard) throw new Error('two were made')
    await closeRegistry()
    await openRegistry(said.announce)
    await publish('open: String')
    const source = { url: url(), token: adminToken, copyDirectory: 'none', waitMs: 0, pollIntervalMs: 60_000 }
    const knows = await start(withAnnouncements({ supergraph: { registry: source } }, heard).supergraph)
    // Until both sides are connected nobody hears what is said.
    let hearing = 0
    const end = heard.heardBy(source).onAnnounced?.(() => {
      hearing += 1
    })
    await vi.waitFor(() => {
      said.announce(0)
      expect(hearing).toBeGreaterThan(0)
    })
    end?.()
    await publish('open: String closed: String')
    await until(() => knows('closed'))
  })
})
