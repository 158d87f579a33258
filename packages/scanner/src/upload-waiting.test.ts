import { expect, test } from 'vitest'
import { queueOf, uploadServer as server } from '../testing/upload-server.ts'
import type { ScanResult } from './scan-queue.ts'
import { uploadWaiting } from './upload-waiting.ts'

test('the oldest go first, 500 at most at once, until none waits', async () => {
  const queue = await queueOf(501)
  const { calls, ledger, upload } = server()
  const now = () => new Date('2026-06-01T12:00:00Z')
  expect(await uploadWaiting(queue, upload, now)).toEqual({ settled: 501, waiting: 0, retryAfterMs: null })
  expect(calls.map(({ scans }) => [scans.length, scans[0]?.deviceSeq])).toEqual([
    [500, 1],
    [1, 501],
  ])
  expect(calls[0]).toMatchObject({ sentAt: '2026-06-01T12:00:00.000Z', batchId: expect.stringMatching(/-7/) })
  expect(ledger.size).toBe(501)
})

test('an answer that is lost costs nothing: the same attempts come again and are replayed', async () => {
  const queue = await queueOf(3)
  const { ledger, upload } = server((results, call) => (call === 1 ? new Error('lost') : { results }))
  await expect(uploadWaiting(queue, upload)).rejects.toThrow('lost')
  expect(queue.size).toBe(3)
  expect(await uploadWaiting(queue, upload)).toMatchObject({ settled: 3, waiting: 0 })
  expect([...ledger.values()]).toEqual([1, 2, 3])
})

test('what the server did not take waits for as long as it says; the rest is settled', async () => {
  const queue = await queueOf(3)
  const { calls, upload } = server((results) => ({
    results: results.map((one) => (one.scanId === 'scan-2' ? { ...one, status: 'RETRY' } : one)),
    retryAfterMs: 700,
  }))
  expect(await uploadWaiting(queue, upload)).toEqual({ settled: 2, waiting: 1, retryAfterMs: 700 })
  expect(calls).toHaveLength(1)
  expect((await queue.peek(5)).map(({ scanId }) => scanId)).toEqual(['scan-2'])
})

test('answers in another order, twice, or of things that nobody sent are sorted out', async () => {
  const queue = await queueOf(3)
  const stranger: ScanResult = { scanId: 'scan-9', status: 'RECORDED' }
  const { upload } = server((results) => ({ results: [stranger, ...results.toReversed(), ...results] }))
  expect(await uploadWaiting(queue, upload)).toMatchObject({ settled: 3, waiting: 0 })
})

test('a server that answers nothing is not asked forever', async () => {
  const queue = await queueOf(2)
  const { calls, upload } = server(() => ({ results: [] }))
  expect(await uploadWaiting(queue, upload)).toMatchObject({ settled: 0, waiting: 2 })
  expect(calls).toHaveLength(1)
})
