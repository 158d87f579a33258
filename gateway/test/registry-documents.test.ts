import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { DocumentsAnswer } from '@headcount/registry-api'
import { pino } from 'pino'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { registryDocuments } from '../src/feeds/registry-documents.ts'
import { atEnd, endAll } from './http1-calls.ts'
import { publishingRegistry } from './publishing-registry.ts'
import { soon } from './registry-server.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'headcount-documents-'))
})
afterEach(async () => {
  await endAll()
  await rm(folder, { recursive: true })
})

const of = (...texts: readonly string[]): DocumentsAnswer => ({
  clients: [{ client: 'web', documents: texts.map((text) => ({ id: text, text, name: null })) }],
})

async function follow(url: string) {
  const told: DocumentsAnswer[] = []
  const logged: string[] = []
  const log = pino({ base: null }, { write: (line: string) => logged.push(line) })
  const source = { url, pollIntervalMs: 50, startTimeoutMs: 500, copyDirectory: folder }
  const feed = registryDocuments(source, log)
  atEnd(() => feed.close())
  const first = await feed.first()
  const stop = feed.watch((next) => void told.push(next))
  return { feed, first, told, logged, stop }
}

/** Waits until the copy on disk has this document. */
const untilKept = (text: string) =>
  soon(
    async () => {
      const [name = ''] = await readdir(folder)
      expect(await readFile(join(folder, name, 'documents.json'), 'utf8')).toContain(text)
    },
    { timeout: 5_000 },
  )

test('trusted documents are the registry’s, also for a gateway of a contract, and each new list is told at once', async () => {
  const registry = await publishingRegistry()
  registry.publishDocuments(of('{ a }'))
  const { first, told, stop } = await follow(registry.contractUrl('partners'))
  expect(first).toEqual(of('{ a }'))
  expect(registry.asked[0]?.url).toBe('/registry/documents')
  await soon(() => expect(registry.waiting('/registry/documents')).toBe(1))
  registry.publishDocuments(of('{ a }', '{ b }'))
  await soon(() => expect(told).toEqual([of('{ a }', '{ b }')]))
  stop()
  registry.publishDocuments(of('{ c }'))
  await soon(() => expect(registry.waiting('/registry/documents')).toBe(1))
  expect(told).toHaveLength(1)
})

test('the last good list is kept for a start without the registry', async () => {
  const registry = await publishingRegistry()
  registry.publishDocuments(of('{ a }'))
  const before = await follow(registry.url)
  registry.publishDocuments(of('{ b }'))
  await untilKept('{ b }')
  before.feed.close()
  await registry.down()
  const { first, logged, told } = await follow(registry.url)
  expect(first).toEqual(of('{ b }'))
  expect(logged.join()).toContain('the last good ones serve, from the copy on disk')
  registry.publishDocuments(of('{ c }'))
  await registry.up()
  await soon(() => expect(told).toEqual([of('{ c }')]))
})

test.each([
  ['no JSON', '{', 'it answered what is no JSON'],
  ['null', 'null', 'no list of clients with their documents'],
  ['a list', '[]', 'no list of clients with their documents'],
  ['clients without documents', '{"clients":[{"client":"a"}]}', 'no list of clients'],
  ['documents without a text', '{"clients":[{"client":"a","documents":[{"id":"1"}]}]}', 'no list of clients'],
])('%s is refused, and the last good list goes on', async (...row) => {
  const [, text, reason] = row
  const registry = await publishingRegistry()
  registry.publishDocuments(of('{ a }'))
  const { told, logged } = await follow(registry.url)
  await untilKept('{ a }')
  registry.answer((response) => response.writeHead(200, { 'content-type': 'application/json' }).end(text))
  registry.publishDocuments(of('{ a }'))
  await soon(() => expect(logged.join()).toContain(reason))
  expect(told).toEqual([])
  const after = await follow(registry.url)
  expect(after.first).toEqual(of('{ a }'))
})

test('without a registry and without a copy there is no list, and the reason is said', async () => {
  const registry = await publishingRegistry()
  await expect(follow(registry.url)).rejects.toThrow(
    `The registry at ${registry.url}/documents gave no trusted documents: it answered HTTP 404: Nothing composes yet.`,
  )
})
