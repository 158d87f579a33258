import { ManualClock } from '@headcount/live-client/testing'
import { openScanQueue, type SealedStore } from '@headcount/scanner'
import { expect, it } from 'vitest'
import { mapStore, sealedMapStore, sealingKey } from '../../test/map-store.ts'
import type { GateStatus } from '../generated/graphql.ts'
import type { ServerWord } from './attempt/scan-server.ts'
import { Scanner } from './scanner.ts'
import { OfflineList } from './sync/offline-list.ts'
import type { Standing } from './sync/standing.ts'

const admitted: ServerWord = {
  ...{ kind: 'admitted', gateStatus: 'OPEN_BOTH', ticketTypeName: 'Standard', conflict: null },
}
const rejected: ServerWord = { kind: 'rejected', gateStatus: 'OPEN_BOTH', reason: 'BLOCKED', message: '' }

const standingOf = (status: GateStatus, eventId?: string): Standing => ({
  gates: [{ id: 'gate_1', name: 'North', status }],
  event: eventId === undefined ? undefined : { id: eventId, name: 'A night' },
  ...{ lastSeq: 0, missingCount: 0, skewMs: 0 },
})

/** A scanner at one gate, and the codes that it asked about. */
async function scannerWith(answer: ServerWord, store?: SealedStore) {
  const clock = new ManualClock()
  const asked: string[] = []
  const list = new OfflineList(await sealedMapStore(), { eventId: '', deviceId: 'dev_1' })
  const scanner = new Scanner({
    ...{ list, clock, standing: standingOf('OPEN_BOTH') },
    queue: await openScanQueue(mapStore(), await sealingKey(), { now: clock.now }),
    store: store ?? (await sealedMapStore()),
    record: async ({ code }) => {
      asked.push(code)
      return answer
    },
    ...{ random: Math.random, isOnline: () => true, play: () => {} },
  })
  await scanner.start()
  const scan = async (code: string) => {
    scanner.scan(code)
    await expect.poll(() => scanner.view().answer !== undefined && !scanner.view().isDeciding).toBe(true)
  }
  return { scanner, list, clock, asked, scan }
}

it('asks once about a ticket that stays before the camera, beside another one', async () => {
  const { scanner, asked, clock, scan } = await scannerWith(admitted)
  for (let look = 0; look < 10; look++) {
    for (const code of ['a', 'b']) scanner.scan(code)
    await clock.move(100)
  }
  await clock.move(2000)
  await scan('a')
  expect(asked).toEqual(['a', 'b', 'a'])
})

it('keeps a refusal on the screen, but for an emergency, which is seen at once', async () => {
  const { scanner, clock, scan } = await scannerWith(rejected)
  await scan('a')
  await clock.move(60_000)
  await scanner.stand(standingOf('PAUSED'))
  expect(scanner.view().answer?.face).toBe('stop')
  await scanner.stand(standingOf('EMERGENCY'))
  expect(scanner.view().answer).toBeUndefined()
})

it('works on where the browser keeps nothing, and says so', async () => {
  const store = await sealedMapStore()
  const failing = { ...store, set: () => Promise.reject(new Error('The disk is full.')) }
  const { scanner, scan } = await scannerWith(admitted, failing)
  await scanner.stand(standingOf('OPEN_BOTH'))
  expect(scanner.view().isStoreFailing).toBe(true)
  await scan('a')
  expect(scanner.view().answer?.face).toBe('go')
})

it('keeps lists of the event that its first gate is at, and of no other', async () => {
  const { scanner, list } = await scannerWith(admitted)
  const before = list.state()
  await scanner.stand(standingOf('OPEN_BOTH', 'evt_1'))
  expect(list.state().eventId).toBe('evt_1')
  await list.keep(before)
  expect(list.state().eventId).toBe('evt_1')
})
