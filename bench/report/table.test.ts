import { expect, test } from 'vitest'
import { counted, figure, markdownTable } from './table.ts'

test.each([
  [12_345.6, '12,346'],
  [123.4, '123'],
  [12.34, '12.3'],
  [1.234, '1.23'],
  [0.534, '0.53'],
  [0.0314, '0.031'],
  [0.00314, '0.0031'],
  [0, '0.00'],
  [-19.3, '-19.3'],
  [Number.NaN, '–'],
  [Number.NEGATIVE_INFINITY, '–'],
])('%d is shown as %s', (value, text) => {
  expect(figure(value)).toBe(text)
})

test('one thing is counted as one', () => {
  expect([counted(1, 'run'), counted(1200, 'run')]).toEqual(['1 run', '1,200 runs'])
})

test('columns of numbers end below each other', () => {
  const rows = [
    ['', 'requests/s'],
    ['ours', '1,234'],
  ]
  expect(markdownTable(rows)).toBe(
    ['|      | requests/s |', '| ---- | ---------: |', '| ours |      1,234 |'].join('\n'),
  )
})
