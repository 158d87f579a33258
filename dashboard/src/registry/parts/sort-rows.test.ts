import { describe, expect, it } from 'vitest'
import { nextSorting, sortRows } from './sort-rows.ts'

const rows = [
  { name: 'b', ms: 3 },
  { name: 'a', ms: null },
  { name: 'Á', ms: 10 },
  { name: 'c', ms: 3 },
]
const names = (sorted: readonly { name: string }[]) => sorted.map(({ name }) => name).join('')

describe('sortRows', () => {
  it('sorts numbers as numbers, and keeps the order of equal ones', () => {
    expect(names(sortRows(rows, ({ ms }) => ms, false))).toBe('bcÁa')
    expect(names(sortRows(rows, ({ ms }) => ms, true))).toBe('Ábca')
  })

  it('sorts names as people do', () => {
    expect(names(sortRows(rows, ({ name }) => name, false))).toBe('aÁbc')
  })
})

describe('nextSorting', () => {
  it('turns round, and begins a column with what is looked for', () => {
    const first = { column: 'requests', isDescending: true } as const
    expect(nextSorting<string>(first, 'requests', false).isDescending).toBe(false)
    expect(nextSorting<string>(first, 'name', true)).toEqual({ column: 'name', isDescending: false })
    expect(nextSorting<string>(first, 'errors', false)).toEqual({ column: 'errors', isDescending: true })
  })
})
