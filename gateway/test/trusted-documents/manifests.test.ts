import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { checkManifests } from '../../src/operations/trusted/check-manifests.ts'
import { endAll } from '../http1-calls.ts'
import { sha256, trustedWorld } from './trusted-world.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'headcount-manifests-'))
})
afterEach(async () => {
  await endAll()
  await rm(folder, { recursive: true })
})

const text = 'query Trusted { open }'
const open = { data: { open: 'open' } }
const operation = { id: sha256(text), name: 'Trusted', type: 'query', body: text }
const apollo = { format: 'apollo-persisted-query-manifest', version: 1, operations: [operation] }

/** Writes as a deployment does: whole, under another name first. */
async function write(name: string, manifest: unknown): Promise<string> {
  const path = join(folder, name)
  const content = typeof manifest === 'string' ? manifest : JSON.stringify(manifest)
  await writeFile(`${path}.new`, content)
  await rename(`${path}.new`, path)
  return path
}

const serveFiles = (files: readonly { path: string; client?: string }[]) =>
  trustedWorld([], { source: { files } })

test('reads the platform’s own manifest, whose ids are as clients send them', async () => {
  const path = fileURLToPath(new URL('../../../schema/documents/dashboard.json', import.meta.url))
  const documents = await checkManifests([{ path, client: 'dashboard' }], true)
  expect(documents.size).toBeGreaterThan(0)
  for (const { id, hash, clients } of documents.all()) {
    expect([id, [...clients]]).toEqual([hash, ['dashboard']])
  }
})

test('several files count together, each for its client', async () => {
  const world = await serveFiles([
    { path: await write('apollo.json', apollo) },
    { path: await write('shop.json', { own: 'query Own { show { title } }' }), client: 'shop' },
  ])
  expect((await world.served.post({ documentId: sha256(text) })).body).toEqual(open)
  const own = (client: string) => world.served.post({ documentId: 'own' }, { 'graphql-client-name': client })
  expect((await own('shop')).body).toEqual({ data: { show: { title: 'Tosca' } } })
  expect((await own('kiosk')).body.errors?.[0]?.extensions.code).toBe('PERSISTED_QUERY_NOT_FOUND')
})

test('a file that changes is read again, together with the others', async () => {
  const path = await write('web.json', apollo)
  const world = await serveFiles([{ path }, { path: await write('other.json', { other: text }) }])
  const next = 'query Next { open }'
  await write('web.json', { [sha256(next)]: next })
  await vi.waitFor(
    async () => expect((await world.served.post({ documentId: sha256(next) })).body).toEqual(open),
    { timeout: 5_000, interval: 50 },
  )
  expect((await world.served.post({ documentId: 'other' })).body).toEqual(open)
})

test('a file that is bad or gone is refused with its reasons, and the last good documents stay', async () => {
  const path = await write('web.json', apollo)
  const world = await serveFiles([{ path }])
  const told = (reason: string) =>
    vi.waitFor(() => expect(JSON.stringify(world.served.log)).toContain(reason), { timeout: 5_000 })
  await write('web.json', '{"half":')
  await told(`${path}: it is not JSON`)
  await write('web.json', { [sha256('another')]: text })
  await told('looks like a SHA-256')
  await rm(path)
  await told('ENOENT')
  expect((await world.served.post({ documentId: sha256(text) })).body).toEqual(open)
  await write('web.json', { back: 'query Back { open }' })
  await vi.waitFor(async () => expect((await world.served.post({ documentId: 'back' })).body).toEqual(open), {
    timeout: 5_000,
    interval: 50,
  })
})

test('the start is refused with the faults of all files at once', async () => {
  const files = [{ path: await write('one.json', '[]') }, { path: join(folder, 'none.json') }]
  const start = serveFiles(files)
  await expect(start).rejects.toThrow(/one\.json: it must be a JSON object\n.*none\.json: ENOENT/)
})
