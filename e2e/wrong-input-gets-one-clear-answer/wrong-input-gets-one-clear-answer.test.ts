import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Graph, openGraph } from '../setup/graph.ts'
import { inBothModes } from '../setup/modes.ts'
import { untilReady } from '../setup/start-headcount.ts'
import { openStoredRows, type Stored, type StoredRows } from '../setup/stored-rows.ts'
import { makeHouse } from '../setup/two-tenants.ts'
import { useHeadcount } from '../setup/use-headcount.ts'
import { badRequests, badTokens } from './bad-requests.ts'
import { badValues } from './bad-values.ts'
import { type Case, expectOneClearAnswer, type Houses } from './case.ts'
import { foreignIds } from './foreign-ids.ts'

inBothModes('wrong input gets one clear answer', (services) => {
  const headcount = useHeadcount({ services })
  let graph: Graph
  let houses: Houses
  let rows: StoredRows
  let before: Stored

  beforeAll(async () => {
    graph = openGraph(headcount.now.url)
    const [ours, theirs] = [await makeHouse(headcount.now, graph), await makeHouse(headcount.now, graph)]
    houses = { graph, ours, theirs }
    rows = await openStoredRows(headcount.now)
    before = await rows.readSettled()
  })
  afterAll(async () => {
    await rows?.close()
    await graph?.close()
  })

  const refuses = async ({ ask, due }: Case) => {
    expectOneClearAnswer(await ask(houses), due)
    const [was, is] = [before, await rows.read()]
    before = is
    expect(is).toEqual(was)
  }

  test.each(badRequests)('a request: $what', refuses)
  test.each(badTokens)('whoever may not: $what', refuses)
  test.each(badValues)('a value: $what', refuses)
  test.each(foreignIds)('a foreign tenant’s id answers as if it did not exist: $what', refuses)

  test('after all of it nothing is written anywhere, and the platform lives and has no fault to report', async () => {
    expect(await rows.readSettled()).toEqual(before)
    await untilReady(headcount.now)
    expect(headcount.now.errors()).toEqual([])
  })
})
