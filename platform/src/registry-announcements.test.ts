import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { RegistrySource } from '@headcount/gateway'
import { startNats } from '@headcount/servers'
import { serversOrSkip, titled } from '@headcount/servers/testing'
import { pino } from 'pino'
import { describe, expect, test, vi } from 'vitest'
import { registryAnnouncements, withAnnouncements } from './registry-announcements.ts'

const log = pino({ level: 'silent' })
const missing = await serversOrSkip()
const source: RegistrySource = { url: 'http://127.0.0.1:1/registry' }

describe.skipIf(missing)(titled('announcements of a registry', missing), () => {
  test('reach gateways elsewhere by NATS: both that follow its supergraph and its documents', async () => {
    await using cleanup = new AsyncDisposableStack()
    const directory = await mkdtemp(join(tmpdir(), 'headcount-announced-'))
    cleanup.defer(() => rm(directory, { recursive: true, force: true }))
    const server = await startNats({ directory })
    cleanup.defer(() => server.stop())
    const [registry, gateway] = [1, 2].map(() => {
      const made = registryAnnouncements(server.url, log)
      cleanup.defer(() => made.close())
      return made
    })
    if (!registry || !gateway) throw new Error('two were made')
    const options = {
      supergraph: { registry: source },
      trustedDocuments: { source: { registry: source }, mode: 'open' },
    } as const
    const { supergraph, trustedDocuments } = withAnnouncements(options, gateway)
    let [supergraphs, documents] = [0, 0]
    heard(supergraph, () => (supergraphs += 1))
    heard(trustedDocuments.source, () => (documents += 1))
    await vi.waitFor(
      () => {
        registry.announce(7)
        expect(Math.min(supergraphs, documents)).toBeGreaterThan(0)
      },
      { timeout: 10_000, interval: 50 },
    )
  })
})

test('without NATS a registry is asked as it was', async () => {
  const none = registryAnnouncements(undefined, log)
  none.announce(1)
  const options = { supergraph: { registry: source } }
  expect(withAnnouncements(options, none)).toEqual(options)
  expect(withAnnouncements({ supergraph: { file: 'a' } }, none)).toEqual({ supergraph: { file: 'a' } })
  await none.close()
})

function heard({ registry }: { readonly registry: RegistrySource }, listener: () => void): void {
  if (!registry.onAnnounced) throw new Error('nothing is heard')
  registry.onAnnounced(listener)
}
