import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { pino } from 'pino'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { RegistryText } from './ask-registry.ts'
import { type KeptCopy, keptCopy } from './kept-copy.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'headcount-kept-'))
})
afterAll(() => rm(folder, { recursive: true }))

const log = pino({ level: 'silent' })

/** The copy as one worker of several has it. */
function worker(base: string): KeptCopy {
  const copy = keptCopy({ directory: folder, base, address: `${base}/supergraph`, name: 'a.graphql', log })
  if (!copy) throw new Error('none')
  return copy
}

const text = (words: string, receivedAtMs: number): RegistryText => ({
  text: words,
  etag: `"${words.slice(0, 10)}"`,
  version: 1,
  receivedAtMs,
})

test('what is kept is read as it was, by any worker', async () => {
  const given = { text: 'type Query {\n  a: Int\n}\n', etag: undefined, version: undefined, receivedAtMs: 5 }
  await worker('http://one').keep(given)
  expect(await worker('http://one').read()).toEqual(given)
  expect(await worker('http://other').read()).toBeUndefined()
})

test('a worker that is behind does not put what is old over what another one has kept', async () => {
  const now = Date.now()
  await worker('http://two').keep(text('newer', now))
  await worker('http://two').keep(text('older', now - 1))
  expect(await worker('http://two').read()).toMatchObject({ text: 'newer' })
  // A clock that was set back must not hold everything up.
  await worker('http://two').keep(text('of tomorrow', now + 86_400_000))
  await worker('http://two').keep(text('of today', Date.now()))
  expect(await worker('http://two').read()).toMatchObject({ text: 'of today' })
})

test('workers that keep at once never leave half a copy, at any moment', async () => {
  const workers = [1, 2, 3].map(() => worker('http://three'))
  let receivedAtMs = 1
  await workers[0]?.keep(text('0'.repeat(100_000), receivedAtMs))
  let isOver = false
  const reading = (async () => {
    let reads = 0
    while (!isOver) {
      expect(await worker('http://three').read()).toBeDefined()
      reads += 1
    }
    return reads
  })()
  for (let round = 1; round < 30; round++) {
    receivedAtMs += 1
    await Promise.all(
      workers.map((each, at) => each.keep(text(`${round}${at}`.repeat(50_000), receivedAtMs))),
    )
  }
  isOver = true
  expect(await reading).toBeGreaterThan(10)
  const [name = ''] = await readdir(dirname(workers[0]?.file ?? ''))
  expect(name).toBe('a.graphql')
})
