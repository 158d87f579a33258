import { beforeAll, describe, expect, test } from 'vitest'
import { newScanId } from './scan-id.ts'
import { openScanQueue, type ScanQueueOptions } from './scan-queue.ts'
import type { ScanStore } from './sealed-store.ts'
import { takeTurns } from './take-turns.ts'
import type { NewScan } from './waiting-scan.ts'

let key: CryptoKey
beforeAll(async () => {
  key = await sealingKey()
})

function sealingKey(): Promise<CryptoKey> {
  return crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt'])
}

/** A store that survives its queues, as a browser's does, and can fail from some write on, as a dying device does. */
function memory() {
  const records = new Map<string, Uint8Array>()
  let writesLeft = Number.POSITIVE_INFINITY
  const write = async (change: () => void) => {
    if (writesLeft-- <= 0) throw new Error('the battery is empty')
    change()
  }
  const store: ScanStore = {
    get: async (name) => records.get(name),
    set: (name, bytes) => write(() => void records.set(name, bytes)),
    delete: (name) => write(() => void records.delete(name)),
    keys: async () => [...records.keys()],
  }
  return {
    ...{ records, store },
    dieAfter: (writes: number) => {
      writesLeft = writes
    },
  }
}

function scan(scanId: string, more: Partial<NewScan> = {}): NewScan {
  return {
    ...{
      scanId,
      code: `code of ${scanId}`,
      gateId: 'gat',
      direction: 'ENTRY',
      outcome: 'ADMITTED',
      reason: null,
    },
    ...{ scannedAt: '2026-06-01T12:00:00.000Z', ...more },
  }
}

const open = (store: ScanStore, options: ScanQueueOptions = {}) => openScanQueue(store, key, options)

test('numbers begin at 1, have no gap, and go on after a reload', async () => {
  const { store } = memory()
  const queue = await open(store)
  expect(await queue.nextSeq()).toBe(1)
  const added = await Promise.all(['a', 'b', 'c'].map((id) => queue.add(scan(id))))
  expect(added.map(({ deviceSeq }) => deviceSeq)).toEqual([1, 2, 3])
  const reloaded = await open(store)
  expect([reloaded.size, await reloaded.nextSeq()]).toEqual([3, 4])
  expect(await reloaded.peek(2)).toEqual(added.slice(0, 2))
})

test('a number is never given again, not even when nothing waits any more', async () => {
  const { store } = memory()
  const queue = await open(store)
  await queue.add(scan('a'))
  await queue.add(scan('b'))
  await queue.settle([
    { scanId: 'a', status: 'RECORDED' },
    { scanId: 'b', status: 'INVALID' },
  ])
  expect([queue.size, queue.oldestAt]).toEqual([0, null])
  expect((await (await open(store)).add(scan('c'))).deviceSeq).toBe(3)
})

test('asking for the next number takes none: whoever dies before `add` loses none', async () => {
  const { store } = memory()
  const queue = await open(store)
  await queue.nextSeq()
  await queue.nextSeq()
  expect((await (await open(store)).add(scan('a'))).deviceSeq).toBe(1)
})

describe.each([0, 1, 2, 3, 4, 5, 6])('a device that dies at its write %i', (writes) => {
  test('has given no number twice, left none out, and lost no attempt that it answered for', async () => {
    const { store, dieAfter } = memory()
    const queue = await open(store)
    const answered: string[] = []
    const used = new Map<number, string>()
    const keep = async (from: typeof queue, id: string) => {
      const { deviceSeq } = await from.add(scan(id))
      answered.push(id)
      used.set(deviceSeq, id)
    }
    dieAfter(writes)
    const life = async () => {
      for (const id of ['a', 'b', 'c']) await keep(queue, id)
      await queue.settle([{ scanId: 'c', status: 'RECORDED' }])
      await keep(queue, 'd')
    }
    await life().catch((error: Error) => expect(error.message).toBe('the battery is empty'))
    dieAfter(Number.POSITIVE_INFINITY)
    const reloaded = await open(store)
    const waiting = (await reloaded.peek(10)).map(({ scanId }) => scanId)
    expect(answered.filter((id) => id !== 'c').every((id) => waiting.includes(id))).toBe(true)
    await keep(reloaded, 'e')
    expect([...used.keys()]).toEqual(Array.from({ length: used.size }, (_, index) => index + 1))
  })
})

test('two windows share the numbers and the attempts', async () => {
  const { store } = memory()
  const [one, two] = [await open(store), await open(store)]
  const ids = Array.from({ length: 20 }, (_, n) => `scan-${n}`)
  const added = await Promise.all(ids.map((id, n) => (n % 2 ? one : two).add(scan(id))))
  expect(new Set(added.map(({ deviceSeq }) => deviceSeq)).size).toBe(20)
  expect((await two.peek(100)).map(({ deviceSeq }) => deviceSeq)).toEqual(ids.map((_, n) => n + 1))
  await one.settle([{ scanId: 'scan-0', status: 'REPLAYED' }])
  expect(await two.peek(100)).toHaveLength(19)
})

test('without Web Locks one window still does one thing after the other', async () => {
  const turns = takeTurns('x', undefined)
  const done: number[] = []
  await Promise.all(
    [3, 2, 1].map((ms) =>
      turns(() => new Promise<void>((resolve) => setTimeout(resolve, ms))).then(() => done.push(ms)),
    ),
  )
  expect(done).toEqual([3, 2, 1])
})

test('only final answers end the wait, and only of what they name', async () => {
  const { store } = memory()
  const queue = await open(store)
  for (const id of ['a', 'b', 'c', 'd']) await queue.add(scan(id))
  const results = [
    { scanId: 'd', status: 'QUARANTINED' },
    { scanId: 'a', status: 'RETRY' },
    { scanId: 'b', status: 'REPLAYED' },
    { scanId: 'never heard of', status: 'RECORDED' },
  ] as const
  expect(await queue.settle([...results, ...results])).toBe(2)
  expect((await queue.peek(10)).map(({ scanId }) => scanId)).toEqual(['a', 'c'])
})

test('an attempt has one number, however often it is added', async () => {
  const queue = await open(memory().store)
  const first = await queue.add(scan('a'))
  expect(await queue.add(scan('a', { code: 'another' }))).toEqual(first)
  expect(queue.size).toBe(1)
})

test('an attempt that the server is asked about is not uploaded before it is decided', async () => {
  let nowMs = Date.parse('2026-06-01T12:00:00Z')
  const { store } = memory()
  const queue = await open(store, { now: () => nowMs })
  await queue.add(scan('a', { outcome: null }))
  await queue.add(scan('b', { outcome: null }))
  nowMs += 59_999
  expect(await queue.peek(10)).toEqual([])
  expect(await queue.decide('a', { outcome: 'ADMITTED', reason: null })).toBe(true)
  const reloaded = await open(store, { now: () => nowMs })
  expect(await reloaded.peek(10)).toMatchObject([{ scanId: 'a', outcome: 'ADMITTED', deviceSeq: 1 }])
  // Nobody was let in by the other one: the device died, say, before it was decided.
  nowMs += 1
  expect(await reloaded.peek(10)).toMatchObject([{ scanId: 'a' }, { scanId: 'b', outcome: 'REJECTED' }])
  await reloaded.settle([{ scanId: 'a', status: 'RECORDED' }])
  expect(await queue.decide('a', { outcome: 'REJECTED', reason: null })).toBe(false)
})

test('what is kept is sealed: no code can be read in it, and it opens in its own place alone', async () => {
  const { store, records } = memory()
  const queue = await open(store)
  await queue.add(scan('a'))
  const text = [...records.values()].map((bytes) => new TextDecoder('latin1').decode(bytes)).join()
  expect(text).not.toContain('code of a')
  const sealed = records.get('0000000001') as Uint8Array
  records.set('0000000002', sealed)
  const moved = await open(store)
  expect([moved.size, moved.damaged]).toEqual([1, 1])
  // The number of a record that does not open stays used, and the record stays there.
  expect((await moved.add(scan('b'))).deviceSeq).toBe(3)
  expect(records.has('0000000002')).toBe(true)
})

test('a queue of another key is not taken for an empty one', async () => {
  const { store } = memory()
  const queue = await open(store)
  await queue.add(scan('a'))
  const other = await openScanQueue(store, await sealingKey())
  expect([other.size, other.damaged, await other.nextSeq()]).toEqual([0, 1, 2])
  await queue.settle([{ scanId: 'a', status: 'RECORDED' }])
  await expect(openScanQueue(store, await sealingKey())).rejects.toThrow('another key')
})

test('a store that was lost goes on after the last number that the server has', async () => {
  const queue = await open(memory().store, { lastSeq: 41 })
  expect((await queue.add(scan('a'))).deviceSeq).toBe(42)
  expect((await queue.add(scan('b'))).deviceSeq).toBe(43)
})

test('ids of attempts are UUIDs of version 7: later ones sort later', () => {
  const ids = [0, 1, 1_780_000_000_000, 2 ** 45].map((ms) => newScanId(ms))
  expect(ids).toEqual([...ids].sort())
  for (const id of ids)
    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
  expect(Number.parseInt((ids[2] ?? '').slice(0, 13).replace('-', ''), 16)).toBe(1_780_000_000_000)
  expect(new Set(Array.from({ length: 1000 }, () => newScanId(7))).size).toBe(1000)
})
