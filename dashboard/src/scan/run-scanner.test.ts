import { wallClock } from '@headcount/live-client'
import { type AskManifest, manifestText, openScanQueue } from '@headcount/scanner'
import { expect, it, vi } from 'vitest'
import { mapStore, sealedMapStore, sealingKey } from '../../test/map-store.ts'
import { runScanner } from './run-scanner.ts'
import type { Scanner } from './scanner.ts'
import { OfflineList } from './sync/offline-list.ts'

const eventId = 'evt_1'
const ground = JSON.stringify({
  event: { id: eventId, organizationId: 'org_1', name: 'Night', status: 'LIVE', timeZone: 'UTC' },
  ...{ zones: [], ticketTypes: [], gates: [], inside: {} },
  device: { id: 'dev_1', name: 'Lane 1', status: 'ACTIVE', gateIds: [] },
})

/** A platform with an empty list of tickets. */
async function emptyManifest(): Promise<AskManifest> {
  const { subtle } = crypto
  const { privateKey, publicKey } = (await subtle.generateKey('Ed25519', true, [
    'sign',
    'verify',
  ])) as CryptoKeyPair
  const base64url = (bytes: ArrayBuffer) => Buffer.from(bytes).toString('base64url')
  const signedBy = base64url(await subtle.exportKey('spki', publicKey))
  return async (since) => {
    const page = {
      ...{ eventId, ground, signedBy, tickets: [], keys: [], cursor: 'c1', hasNextPage: false },
      ...{ completeness: { tickets: 0, sum: 0 }, asOf: '2026-06-01T12:00:00.000Z' },
    }
    const text = new TextEncoder().encode(manifestText(since, page))
    return { ...page, signature: base64url(await subtle.sign('Ed25519', privateKey, text)) }
  }
}

it('asks for the list once a round, also while an attempt waits for its decision', async () => {
  const queue = await openScanQueue(mapStore(), await sealingKey())
  await queue.add({
    ...{ scanId: 's', code: 'c', gateId: 'g', direction: 'ENTRY', outcome: null, reason: null },
    scannedAt: new Date().toISOString(),
  })
  const ask = vi.fn(await emptyManifest())
  const reach = vi.fn()
  const view = () => ({ isReachable: true, waiting: 1 })
  const running = runScanner({
    ...{ queue, ask, upload: vi.fn(), clock: wallClock, random: () => 0, appVersion: '1' },
    ...{ heartbeat: async () => undefined, battery: async () => undefined },
    scanner: { refresh: () => {}, reach, view } as unknown as Scanner,
    list: new OfflineList(await sealedMapStore(), { eventId, deviceId: 'dev_1' }),
  })
  await expect.poll(() => reach.mock.calls).toContainEqual([true])
  await new Promise((resolve) => setTimeout(resolve, 100))
  expect(ask).toHaveBeenCalledOnce()
  running.stop()
})
