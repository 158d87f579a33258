import { copyFile, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { parse } from 'graphql'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { RegistrySource } from '../src/options.ts'
import { venueGraph } from './graph.ts'
import { atEnd, endAll } from './http1-calls.ts'
import { type PublishingRegistry, publishingRegistry } from './publishing-registry.ts'
import { type Handle, soon } from './registry-server.ts'
import { compose, type Served, serve } from './support.ts'

const graph = venueGraph()
const sdl = compose(graph.all)
const withField = (field: string) =>
  sdl.replace(
    'open: String! @join__field(graph: HALLS)',
    `open: String! @join__field(graph: HALLS)\n  ${field}: String @join__field(graph: HALLS)`,
  )
const broken = 'type Query { nothing: Int }'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'headcount-copy-'))
})
afterEach(async () => {
  await endAll()
  await rm(folder, { recursive: true })
})

async function start(
  registry: { readonly url: string },
  options: Partial<RegistrySource> = {},
): Promise<Served> {
  const source = {
    url: registry.url,
    pollIntervalMs: 50,
    startTimeoutMs: 500,
    copyDirectory: folder,
    ...options,
  }
  const served = await serve(graph.all, 'in-process', { supergraph: { registry: source } })
  atEnd(() => served.close())
  return served
}

async function knows(served: Served, field: string): Promise<boolean> {
  const { body } = await served.post({ query: `{ ${field} }` })
  return body.errors?.[0]?.extensions.code !== 'GRAPHQL_VALIDATION_FAILED'
}

const until = (check: () => Promise<boolean> | boolean) =>
  soon(async () => expect(await check()).toBe(true), { timeout: 5_000, interval: 20 })

/** The copy's file, once there is one. */
async function copyFileOf(): Promise<string> {
  return soon(async () => {
    const [name = ''] = await readdir(folder)
    const file = join(folder, name, 'supergraph.graphql')
    await stat(file)
    return file
  })
}

const kept = async () => (await readFile(await copyFileOf(), 'utf8')).replace(/^.*\n/, '')

/** A registry whose supergraph a gateway has served and kept. */
async function afterServing(text = sdl): Promise<PublishingRegistry> {
  const registry = await publishingRegistry()
  registry.publish(text)
  const served = await start(registry)
  await until(async () => (await kept()) === text)
  await served.close()
  return registry
}

const lines = (served: Served) => JSON.stringify(served.log)

test('a gateway starts from its copy while the registry is down, says so, and catches up when it is back', async () => {
  const registry = await afterServing()
  await registry.down()
  const served = await start(registry)
  expect((await served.post({ query: '{ open }' })).body).toEqual({ data: { open: 'open' } })
  expect(served.gateway.problems()).toEqual([])
  expect(lines(served)).toContain('the last good one serves, from the copy on disk')
  expect(lines(served)).toContain('ECONNREFUSED')
  const metrics = await served.gateway.metrics()
  expect(metrics).toContain('headcount_gateway_supergraph_source_up 0')
  expect(metrics).toMatch(/headcount_gateway_supergraph_info\{hash="[0-9a-f]{64}",version="1"\} 1/)
  registry.publish(withField('greeting'))
  await registry.up()
  await until(() => knows(served, 'greeting'))
  await until(async () => (await kept()) === withField('greeting'))
  const after = await served.gateway.metrics()
  expect(after).toContain('headcount_gateway_supergraph_source_up 1')
  expect(after).toContain('headcount_gateway_supergraph_swaps_total 1')
  expect(after).toMatch(/supergraph_info\{hash="[0-9a-f]{64}",version="2"\} 1/)
  const at = Number(/supergraph_swap_timestamp_seconds ([\d.]+)/.exec(after)?.[1])
  expect(Math.abs(Date.now() / 1000 - at)).toBeLessThan(10)
}, 20_000)

test.each<readonly [string, Handle]>([
  ['is silent', () => {}],
  [
    'answers half',
    (response) => response.writeHead(200, { etag: '"2"', 'content-length': 100 }).write('half'),
  ],
  [
    'drips',
    (response) => {
      const timer = setInterval(() => response.write('word '), 20)
      response.on('close', () => clearInterval(timer))
    },
  ],
  ['fails', (response) => response.writeHead(503).end()],
  ['does not take the token', (response) => response.writeHead(401).end()],
  ['answers a page', (response) => response.writeHead(200, { 'content-type': 'text/html' }).end('<html>')],
  ['has nothing any more', (response) => response.writeHead(404).end()],
  ['answers nothing', (response) => response.writeHead(200).end()],
  ['sends a bad supergraph', (response) => response.writeHead(200, { etag: '"2"' }).end(broken)],
])('a gateway starts from its copy where the registry %s, and keeps it', async (...row) => {
  const registry = await afterServing()
  registry.answer(row[1])
  const startedAt = performance.now()
  const served = await start(registry)
  expect(performance.now() - startedAt).toBeLessThan(3_000)
  expect((await served.post({ query: '{ open }' })).body).toEqual({ data: { open: 'open' } })
  expect(lines(served)).toContain('the last good one serves')
  expect(await kept()).toBe(sdl)
})

test('a start asks for what is new against the copy, and takes the copy where that is nothing', async () => {
  const registry = await afterServing()
  const before = registry.asked.length
  const served = await start(registry)
  expect(registry.asked[before]).toMatchObject({
    url: '/registry/supergraph',
    headers: { 'if-none-match': expect.stringMatching(/^"[0-9a-f]{64}"$/) },
  })
  expect(registry.answered.at(-1)).toBe(304)
  expect(lines(served)).not.toContain('copy on disk')
  expect(await knows(served, 'open')).toBe(true)
})

test('only what served is kept: a bad one is counted, told once, and is no copy', async () => {
  const registry = await publishingRegistry()
  registry.publish(sdl)
  const served = await start(registry)
  expect(await kept()).toBe(sdl)
  registry.publish(broken)
  const refused = () => served.log.filter(({ msg }) => String(msg).includes('was refused'))
  await until(() => refused().length > 0)
  registry.publish(withField('greeting'))
  await until(() => knows(served, 'greeting'))
  // The same bad one again: no news to anybody.
  await until(() => registry.waiting() === 1)
  registry.publish(broken)
  await until(
    () => registry.answered.filter((status) => status === 200).length === 4 && registry.waiting() === 1,
  )
  registry.publish(withField('welcome'))
  await until(() => knows(served, 'welcome'))
  expect(refused()).toHaveLength(1)
  expect(JSON.stringify(refused())).toContain('The supergraph was refused')
  expect(await served.gateway.metrics()).toContain('headcount_gateway_supergraph_refused_total 1')
  await until(async () => (await kept()) === withField('welcome'))
})

test.each<readonly [string, (content: string) => string]>([
  ['is cut short', (content) => content.slice(0, -20)],
  ['is changed in one letter', (content) => content.replace('open: String!', 'opem: String!')],
  ['is empty', () => ''],
  ['has no first line', (content) => content.replace(/^.*\n/, '')],
  ['is not ours', () => '# {"registry": 1}\nx'],
  ['is of another registry', (content) => content.replace('/registry/supergraph', '/other/supergraph')],
])('a copy that %s is told and not used; a start from the registry replaces it', async (...row) => {
  const registry = await afterServing()
  const file = await copyFileOf()
  await writeFile(file, row[1](await readFile(file, 'utf8')))
  await registry.down()
  await expect(start(registry)).rejects.toThrow(
    `The registry at ${registry.url}/supergraph gave no supergraph: it failed with ECONNREFUSED.`,
  )
  await registry.up()
  const served = await start(registry)
  expect(lines(served)).toContain('the copy on disk cannot be used')
  await until(async () => (await kept()) === sdl)
})

test('the copy of one registry is not taken for that of another, nor of a contract for the whole', async () => {
  const registry = await afterServing()
  const file = await copyFileOf()
  await registry.down()
  await expect(start({ url: registry.contractUrl('partners') })).rejects.toThrow('ECONNREFUSED')
  const elsewhere = join(folder, 'elsewhere', dirname(file).slice(-12), 'supergraph.graphql')
  await mkdir(dirname(elsewhere), { recursive: true })
  await copyFile(file, elsewhere)
  const moved = { url: registry.url.replace('127.0.0.1', 'localhost') }
  await expect(start(moved, { copyDirectory: join(folder, 'elsewhere') })).rejects.toThrow(
    'gave no supergraph',
  )
})

test('a copy is one file for its owner alone, which is GraphQL as it is, and leaves no draft', async () => {
  await afterServing()
  const file = await copyFileOf()
  expect((await stat(file)).mode & 0o777).toBe(0o600)
  expect(await readdir(dirname(file))).toEqual(['supergraph.graphql'])
  expect(parse(await readFile(file, 'utf8')).definitions.length).toBeGreaterThan(5)
})

test('where nothing can be written it is said once, and the gateway serves and swaps', async () => {
  await writeFile(join(folder, 'taken'), '')
  const registry = await publishingRegistry()
  registry.publish(sdl)
  const served = await start(registry, { copyDirectory: join(folder, 'taken') })
  for (const field of ['one', 'two']) {
    registry.publish(withField(field))
    await until(() => knows(served, field))
  }
  expect(served.log.filter(({ msg }) => String(msg).includes('no copy is kept on disk'))).toHaveLength(1)
})

test('with `none` nothing is written and nothing is read', async () => {
  const registry = await publishingRegistry()
  registry.publish(sdl)
  const served = await start(registry, { copyDirectory: 'none' })
  registry.publish(withField('greeting'))
  await until(() => knows(served, 'greeting'))
  await served.close()
  expect(await readdir(folder)).toEqual([])
  await registry.down()
  await expect(start(registry, { copyDirectory: 'none' })).rejects.toThrow('ECONNREFUSED')
})
