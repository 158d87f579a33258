import { describe, expect, it } from 'vitest'
import { occupancyAt, START } from '../../test/occupancy.ts'
import type { IngressBucket } from './bucket.ts'
import { holesOf, peakOf, stack, toColumns } from './columns.ts'
import { Observed } from './observed.ts'

const MIN = 60_000
const bucket = (atMs: number, gateId: string | null, entries: number, exits = 0): IngressBucket => ({
  at: new Date(START + atMs).toISOString(),
  entries,
  exits,
  rejected: 0,
  gate: gateId === null ? null : { id: gateId },
})
const span = { from: START, to: START + 3 * MIN + 1000, bucketS: 60 }

function seen(atMs: number, entries: number): Observed {
  const observed = new Observed()
  observed.add(
    occupancyAt(1, { atMs: atMs - 500, entries: [0] }),
    occupancyAt(2, { atMs, entries: [entries] }),
  )
  return observed
}

describe('toColumns', () => {
  const record = [
    bucket(0, 'g1', 5),
    bucket(0, 'g2', 3),
    bucket(2 * MIN, 'g1', 8, 2),
    bucket(2 * MIN, null, 1),
  ]
  const source = { record, observed: new Observed(), gateIds: ['g1', 'g2'], settledUntil: START + 3 * MIN }

  it('fills empty buckets with 0 and sums gates that are not listed', () => {
    const columns = toColumns(source, span)
    expect(columns.times).toEqual([0, 1, 2, 3].map((minute) => START + minute * MIN))
    expect(columns.byGate).toEqual([
      [5, 0, 8, 0],
      [3, 0, 0, 0],
    ])
    expect(columns.entries).toEqual([8, 0, 9, 0])
    expect(columns.exits).toEqual([0, 0, 2, 0])
  })

  it('gives people a minute, however long a bucket is', () => {
    const columns = toColumns(source, { ...span, bucketS: 300 })
    expect(columns.entries).toEqual([17 / 5])
  })

  it('extends the newest buckets by what the page saw, until the record has it', () => {
    const observed = seen(3 * MIN + 700, 4)
    expect(toColumns({ ...source, observed }, span).entries.at(-1)).toBe(4)
    const recorded = [...record, bucket(3 * MIN, 'g1', 6)]
    expect(toColumns({ ...source, record: recorded, observed }, span).entries.at(-1)).toBe(6)
  })

  it('leaves older buckets to the record alone', () => {
    expect(toColumns({ ...source, observed: seen(MIN + 700, 400) }, span).entries[1]).toBe(0)
  })

  it('says from where on numbers may still grow', () => {
    expect(toColumns(source, span).openFrom).toBe(START + 3 * MIN)
    expect(toColumns({ ...source, settledUntil: START + 10 * MIN }, span).openFrom).toBeUndefined()
  })

  it('finds the peak among the settled buckets', () => {
    const recorded = [...record, bucket(3 * MIN, 'g1', 99)]
    expect(peakOf(toColumns({ ...source, record: recorded }, span))).toEqual({
      at: START + 2 * MIN,
      perMinute: 9,
    })
  })
})

describe('holes', () => {
  const lookedAway = new Observed()
  const before = occupancyAt(1, { atMs: MIN - 1000, entries: [0] })
  lookedAway.add(undefined, before)
  lookedAway.add(before, occupancyAt(9, { atMs: 3 * MIN + 1000, entries: [50] }))
  const source = { record: [bucket(0, 'g1', 5)], observed: lookedAway, gateIds: ['g1'] }

  it('have no value while neither the page nor the record knows what happened', () => {
    const columns = toColumns({ ...source, settledUntil: START + MIN }, span)
    expect(columns.entries).toEqual([5, null, null, null])
    expect(columns.exits).toEqual([0, null, null, null])
    expect(columns.byGate).toEqual([[5, null, null, null]])
    expect(holesOf(columns, 60)).toEqual([{ from: START + MIN, to: START + 4 * MIN }])
    expect(peakOf(columns)).toEqual({ at: START, perMinute: 5 })
  })

  it('close once the record knows', () => {
    const columns = toColumns({ ...source, settledUntil: START + 3 * MIN + 1000 }, span)
    expect(columns.entries).toEqual([5, 0, 0, 0])
    expect(holesOf(columns, 60)).toEqual([])
  })

  it('are not made of a bucket that was mostly seen', () => {
    const later = { ...span, to: START + 4 * MIN - 1 }
    const columns = toColumns({ ...source, settledUntil: START + MIN }, later)
    expect(columns.entries.at(-1)).toBeNull() // nothing came since: still away
    lookedAway.add(occupancyAt(9, { atMs: 3 * MIN + 1000 }), occupancyAt(9, { atMs: 4 * MIN - 500 }))
    expect(toColumns({ ...source, settledUntil: START + MIN }, later).entries).toEqual([5, null, null, 0])
  })

  it('stay holes in a stack', () => {
    expect(
      stack([
        [1, null],
        [10, null],
      ]),
    ).toEqual([
      [1, null],
      [11, null],
    ])
  })
})

describe('stack', () => {
  it('puts each series on those before it', () => {
    expect(
      stack([
        [1, 2],
        [10, 20],
        [100, 200],
      ]),
    ).toEqual([
      [1, 2],
      [11, 22],
      [111, 222],
    ])
  })
})
