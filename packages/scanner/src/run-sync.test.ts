import { expect, test } from 'vitest'
import { eventId, pageSigner } from '../testing/sign-page.ts'
import { queueOf, uploadServer } from '../testing/upload-server.ts'
import { emptyState, type OfflineState } from './offline-state.ts'
import { type RunSyncOptions, runSync } from './run-sync.ts'

/** Runs a sync whose pauses last until the test ends them; answers them as they begin. */
async function syncing(count: number, more: Partial<RunSyncOptions> = {}) {
  const queue = await queueOf(count)
  const sign = await pageSigner()
  let state: OfflineState = emptyState(eventId)
  const calledOff: number[] = []
  let begun = Promise.withResolvers<{ ms: number; end: () => void }>()
  const sync = runSync({
    ...{ queue, upload: uploadServer().upload, state: () => state, random: () => 0 },
    ask: (since) => sign(since, { cursor: 'c1' }),
    keep: (next) => {
      state = next
    },
    timer: (end, ms) => {
      begun.resolve({ ms, end })
      return () => void calledOff.push(ms)
    },
    ...more,
  })
  const pause = async () => {
    const one = await begun.promise
    begun = Promise.withResolvers()
    return one
  }
  return { queue, sync, pause, calledOff, state: () => state }
}

test('a round uploads, then asks for the manifest; the next one comes after the pause', async () => {
  const order: string[] = []
  const { upload, ledger } = uploadServer()
  const sign = await pageSigner()
  const { sync, pause, queue } = await syncing(2, {
    everyMs: 5000,
    upload: (batch) => {
      order.push('upload')
      return upload(batch)
    },
    ask: (since) => {
      order.push('ask')
      return sign(since, { cursor: 'c1' })
    },
  })
  const { ms, end } = await pause()
  expect([ms, order, ledger.size, queue.size]).toEqual([5000, ['upload', 'ask'], 2, 0])
  end()
  await pause()
  expect(order).toEqual(['upload', 'ask', 'ask'])
  await sync.stop()
})

test('after failures the pauses double up to the longest; after a success they are short again', async () => {
  let isDown = true
  const failures: unknown[] = []
  const { upload } = uploadServer()
  const { sync, pause } = await syncing(1, {
    ...{ everyMs: 20_000, longestPauseMs: 6000 },
    upload: (batch) => (isDown ? Promise.reject(new Error('down')) : upload(batch)),
    onRound: ({ failure }) => failures.push((failure as Error | undefined)?.message),
  })
  const pauses: number[] = []
  for (let n = 0; n < 5; n++) {
    const { ms, end } = await pause()
    pauses.push(ms)
    if (n === 4) isDown = false
    end()
  }
  expect(pauses).toEqual([1000, 2000, 4000, 6000, 6000])
  expect((await pause()).ms).toBe(20_000)
  expect(failures).toEqual(['down', 'down', 'down', 'down', 'down', undefined])
  await sync.stop()
})

test('the server’s own wish for a pause counts, and all pauses are spread by up to a half', async () => {
  const retry = uploadServer((results) => {
    return { results: results.map((one) => ({ ...one, status: 'RETRY' })), retryAfterMs: 9000 }
  })
  const { sync, pause } = await syncing(1, { upload: retry.upload, random: () => 0.5 })
  expect((await pause()).ms).toBe(11_250)
  await sync.stop()
})

test('`wake` ends a pause, and one that comes during a round is not forgotten', async () => {
  const { sync, pause, calledOff, queue } = await syncing(0, { everyMs: 1000 })
  await pause()
  await queue.add({
    ...{ scanId: 'new', code: 'x', gateId: 'gat', direction: 'ENTRY', outcome: 'ADMITTED', reason: null },
    scannedAt: new Date().toISOString(),
  })
  sync.wake()
  sync.wake()
  await pause()
  expect([queue.size, calledOff[0]]).toEqual([0, 1000])
  await sync.stop()
})

test('`stop` waits for the round under way, and none comes after it', async () => {
  const { sync, pause, state } = await syncing(3)
  await pause()
  await sync.stop()
  expect(state().cursor).toBe('c1')
})

test('what was let through during a sync is kept', async () => {
  const sign = await pageSigner()
  let state: OfflineState = emptyState(eventId)
  const { sync, pause } = await syncing(0, {
    state: () => state,
    keep: (next) => {
      state = next
    },
    ask: (since) => {
      state = { ...state, presence: { tkt_1: {} } }
      return sign(since, { cursor: 'c1' })
    },
  })
  await pause()
  expect(state).toMatchObject({ cursor: 'c1', presence: { tkt_1: {} } })
  await sync.stop()
})
