import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeEach, expect, test } from 'vitest'
import { loadConfiguration } from '../src/configuration/load-configuration.ts'
import type { SupergraphSource } from '../src/index.ts'
import { UsageRegistry } from './usage-registry.ts'

const folder = mkdtempSync(join(tmpdir(), 'headcount-usage-'))
afterAll(() => rmSync(folder, { recursive: true }))

let registry: UsageRegistry
beforeEach(async () => {
  registry = await new UsageRegistry().listen()
})
afterEach(() => registry.close())

const file = join(folder, 'gateway.yaml')

async function usageOf(text: string, supergraph: SupergraphSource) {
  writeFileSync(file, text)
  return (await loadConfiguration(file, {})).usageOf(supergraph)
}

const report = {
  gateway: 'g',
  sequence: 1,
  from: '2026-11-30T00:00:00.000Z',
  to: '2026-11-30T00:00:10.000Z',
  operations: [],
  counts: [],
  inputs: [],
  uncounted: 1,
}

/** What the registry was told by, when a report was sent as a file says. */
async function toldBy(text: string, supergraph: SupergraphSource) {
  const usage = await usageOf(text, supergraph)
  await usage?.sink.send(report, AbortSignal.timeout(5_000))
  expect(registry.came).toEqual([report])
  return registry.authorizations[0]
}

const elsewhere = { registry: { url: 'http://registry.invalid', token: 'hcr_supergraph' } }

test('where the supergraph comes from a registry, usage goes there by the same token, unless it is off', async () => {
  const supergraph = { registry: { url: `${registry.url}/`, token: 'hcr_supergraph' } }
  expect(await toldBy('', supergraph)).toBe('Bearer hcr_supergraph')
  expect(await usageOf('usage: { isEnabled: false }', supergraph)).toBeUndefined()
  expect(await usageOf('', { sdl: '' })).toBeUndefined()
})

test('usage may have a token of its own', async () => {
  const supergraph = { registry: { url: registry.url, token: 'hcr_supergraph' } }
  expect(await toldBy('usage: { token: hcr_usage }', supergraph)).toBe('Bearer hcr_usage')
})

test('the supergraph’s token goes to no other address', async () => {
  expect(await toldBy(`usage: { url: "${registry.url}" }`, elsewhere)).toBeUndefined()
})

test('usage may go to a registry without the supergraph’s coming from one', async () => {
  expect(await toldBy(`usage: { url: "${registry.url}", token: hcr_usage }`, { sdl: '' })).toBe(
    'Bearer hcr_usage',
  )
})

test('what a registry answers decides whether a report is sent again', async () => {
  const usage = await usageOf(`usage: { url: "${registry.url}/other" }`, { sdl: '' })
  await expect(usage?.sink.send(report, AbortSignal.timeout(5_000))).rejects.toThrow(/answered HTTP 404/)
})
