import { expect, test } from 'vitest'
import { rowsOption } from './read-options.ts'

test('sizes of the ledger may be written with powers of ten; without them there are none', () => {
  expect(rowsOption.read('1e4,250000,1e7')).toEqual([10_000, 250_000, 10_000_000])
  expect(rowsOption.read(undefined)).toEqual([])
})

test.for(['', '1e4,', '1e6,1e4', '1e4,1e4', '10', '1e9', '1.5e0,x'])('refuses the sizes "%s"', (given) => {
  expect(() => rowsOption.read(given)).toThrow(`--rows is "${given}"`)
})
