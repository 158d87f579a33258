import { expect, test } from 'vitest'
import { createScanQueue, RowFault } from './scan-queue.ts'

const limits = { maximumBatch: 10, maximumWaiting: 100, concurrency: 2 }
const turn = () => new Promise((resolve) => setImmediate(resolve))

test('what came while a batch ran is the next batch, capped, in order', async () => {
  const batches: number[][] = []
  const run = async (_key: string, items: readonly number[]) => {
    batches.push([...items])
    await turn()
    return items.map((item) => item * 2)
  }
  const queue = createScanQueue({ ...limits, run })
  const answers = await Promise.all(Array.from({ length: 23 }, (_, n) => queue.submit('a', n)))
  expect(answers).toEqual(Array.from({ length: 23 }, (_, n) => n * 2))
  expect(batches.map((batch) => batch.length)).toEqual([1, 10, 10, 2])
  expect(batches.flat()).toEqual(Array.from({ length: 23 }, (_, n) => n))
})

test('batches of one key never overlap; those of several keys do, up to the limit', async () => {
  const running = new Map<string, number>()
  let most = 0
  const run = async (key: string, items: readonly number[]) => {
    running.set(key, (running.get(key) ?? 0) + 1)
    most = Math.max(
      most,
      [...running.values()].reduce((sum, count) => sum + count),
    )
    expect(running.get(key)).toBe(1)
    await turn()
    running.set(key, 0)
    return items
  }
  const queue = createScanQueue({ ...limits, run })
  await Promise.all(Array.from({ length: 60 }, (_, n) => queue.submit(`event ${n % 5}`, n)))
  expect(most).toBe(2)
})

test('the next batch begins before the answers of the last one are handed out', async () => {
  const order: string[] = []
  const run = async (_key: string, items: readonly string[]) => {
    order.push(`run ${items}`)
    await turn()
    return items
  }
  const queue = createScanQueue({ ...limits, run })
  await Promise.all(
    ['a', 'b', 'c'].map(async (item) => order.push(`answer ${await queue.submit('event', item)}`)),
  )
  expect(order).toEqual(['run a', 'run b,c', 'answer a', 'answer b', 'answer c'])
})

test('a full queue refuses at once and keeps what it has', async () => {
  const run = async (_key: string, items: readonly number[]) => {
    await turn()
    return items
  }
  const queue = createScanQueue({ ...limits, maximumWaiting: 2, run })
  const answers = [0, 1, 2, 3, 4].map((n) => queue.submit('a', n))
  expect(answers.map((answer) => answer === undefined)).toEqual([false, false, false, true, true])
  expect(await Promise.all(answers)).toEqual([0, 1, 2, undefined, undefined])
})

test('a bad item fails alone', async () => {
  const run = async (_key: string, items: readonly number[]) => {
    await turn()
    if (items.includes(7)) throw new RowFault(new Error('seven'))
    return items
  }
  const queue = createScanQueue({ ...limits, run })
  const answers = await Promise.allSettled(Array.from({ length: 12 }, (_, n) => queue.submit('a', n)))
  const failed = answers.flatMap((answer, n) =>
    answer.status === 'rejected' ? [[n, answer.reason.cause.message]] : [],
  )
  expect(failed).toEqual([[7, 'seven']])
})

test('a database that does not answer fails the batch at once, not item by item', async () => {
  let runs = 0
  const run = async () => {
    runs += 1
    await turn()
    throw new Error('no connection')
  }
  const queue = createScanQueue<number, number>({ ...limits, run })
  const answers = await Promise.allSettled([1, 2, 3, 4].map((n) => queue.submit('a', n)))
  expect(answers.every((answer) => answer.status === 'rejected')).toBe(true)
  expect(runs).toBe(2)
})

test('idle resolves when the last item has its answer', async () => {
  let done = 0
  const run = async (_key: string, items: readonly number[]) => {
    await turn()
    done += items.length
    return items
  }
  const queue = createScanQueue({ ...limits, run })
  await queue.idle()
  for (let n = 0; n < 25; n++) void queue.submit('a', n)
  await queue.idle()
  expect(done).toBe(25)
})
