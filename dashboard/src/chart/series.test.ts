import { describe, expect, it } from 'vitest'
import { gateSeries } from './series.ts'

const columnsOf = (byGate: (number | null)[][]) => ({
  times: [0, 1],
  byGate,
  entries: [],
  exits: [],
  openFrom: undefined,
})
const gates = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ id: `g${index}`, name: `G${index}` }))

describe('gateSeries', () => {
  it('gives eight gates a colour each', () => {
    const series = gateSeries(gates(8), columnsOf(gates(8).map(() => [1, 1])))
    expect(new Set(series.map(({ colour }) => colour)).size).toBe(8)
  })

  it('does not know the sum of gates that nobody saw', () => {
    const byGate = gates(10).map((_, index) => [index, null])
    expect(gateSeries(gates(10), columnsOf(byGate)).at(-1)?.values).toEqual([0 + 1 + 2, null])
  })

  it('sums the least busy ones of more than eight, and loses nobody', () => {
    const byGate = Array.from({ length: 10 }, (_, index) => [index, 1])
    const series = gateSeries(gates(10), columnsOf(byGate))
    expect(series).toHaveLength(8)
    expect(series.at(-1)).toMatchObject({ name: 'Other gates', values: [0 + 1 + 2, 3] })
    expect(series.map(({ values }) => values[0] ?? 0).reduce((a, b) => a + b)).toBe(45)
  })
})
