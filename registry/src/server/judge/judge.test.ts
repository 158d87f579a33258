import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, expect, it } from 'vitest'
import { createJudge, type Judge } from './judge.ts'

const small = {
  subgraphs: [{ name: 'a', url: 'http://a.test', sdl: 'type Query { a: Int }' }],
  base: undefined,
  contracts: [],
}
/** Some 0.3 s of work. */
const large = {
  ...small,
  subgraphs: [
    {
      name: 'a',
      url: 'http://a.test',
      sdl: `type Query { a: Int }\n${Array.from({ length: 4_000 }, (_, i) => `type T${i} { a: Int b: Int }`).join('\n')}`,
    },
  ],
}

let judge: Judge
afterEach(() => judge.close())

it('answers jobs in the order in which they came, from a thread that it keeps', async () => {
  const done: string[] = []
  judge = createJudge({ onDone: (name) => done.push(name) })
  const first = judge.run('version', large)
  const second = judge.run('version', small)
  const apiOf = async (judged: typeof first) => (await judged).errors ?? 'good'
  expect(await Promise.race([first.then(() => 'first'), second.then(() => 'second')])).toBe('first')
  expect(await apiOf(second)).toBe('good')
  const start = performance.now()
  await judge.run('version', small)
  expect(performance.now() - start).toBeLessThan(1_000)
  expect(done).toEqual(['version', 'version', 'version'])
})

it('gives up a job that takes too long, and does the next one in another thread', async () => {
  judge = createJudge({ deadlineMs: 5 })
  await expect(judge.run('version', large)).rejects.toMatchObject({ code: 'UNAVAILABLE' })
  await judge.close()
  judge = createJudge({ deadlineMs: 20_000 })
  await judge.run('version', small)
})

it('refuses more than may wait', async () => {
  judge = createJudge({ queueLimit: 1 })
  const jobs = await Promise.allSettled([1, 2, 3].map(() => judge.run('version', small)))
  expect(jobs.map(({ status }) => status)).toContain('rejected')
  expect(jobs[0]?.status).toBe('fulfilled')
})

it('refuses what waits when it is closed, at once', async () => {
  judge = createJudge()
  const jobs = [judge.run('version', large), judge.run('version', large)]
  await sleep(20)
  const settled = Promise.allSettled(jobs)
  await judge.close()
  expect((await settled).map((one) => one.status === 'rejected' && one.reason.code)).toEqual([
    'UNAVAILABLE',
    'UNAVAILABLE',
  ])
})

it('starts another thread after one has ended for want of work', async () => {
  judge = createJudge({ idleMs: 10 })
  await judge.run('version', small)
  await sleep(200)
  expect((await judge.run('version', small)).errors).toBeUndefined()
})
