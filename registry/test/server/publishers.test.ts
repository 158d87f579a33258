import type { Page, VersionDetail, VersionSummary } from '@headcount/registry-api'
import { expect, it } from 'vitest'
import { small, startRegistry } from './harness.ts'

it('twenty publishers at once in two processes: numbers without a gap, each version with all before it', async () => {
  const one = await startRegistry()
  const two = await startRegistry({ testDatabase: one.testDatabase })
  const names = Array.from({ length: 20 }, (_, index) => `part${index}`)
  const publish = async (name: string, index: number) => {
    const registry = index % 2 === 0 ? one : two
    for (;;) {
      const answer = await registry.publish(small(name))
      // Told that others were quicker, a client tries again.
      if (answer.status !== 409) return answer
    }
  }
  const answers = await Promise.all(names.map(publish))
  expect(answers.map(({ status }) => status)).toEqual(names.map(() => 200))
  const { json } = await one.call<Page<VersionSummary>>('GET', '/versions?limit=200')
  expect(json.items.map(({ number }) => number).reverse()).toEqual(names.map((_, index) => index + 1))
  let before: string[] = []
  for (const { number } of json.items.toReversed()) {
    const detail = (await one.call<VersionDetail>('GET', `/versions/${number}`)).json
    const now = detail.subgraphs.map(({ name }) => name)
    expect(now).toEqual(expect.arrayContaining([...before, ...detail.changed]))
    expect(now).toHaveLength(number)
    before = now
  }
  await two.stop()
  await one.stop()
}, 120_000)
