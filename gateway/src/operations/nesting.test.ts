import { expect, test } from 'vitest'
import { isNestedDeeper } from './nesting.ts'

test.each([
  ['{ a { b } }', 2, false],
  ['{ a { b } }', 1, true],
  ['{ a(x: [[1]]) }', 3, true],
  ['{ a(x: [[1]]) }', 4, false],
  ['{ a(x: "[[[[{{{{") }', 2, false],
  ['{ a(x: "\\"[[[[") }', 2, false],
  ['{ a(x: """ " [[[[ \\""" [[[ """) }', 2, false],
  ['{ a # [[[[[[[\n }', 1, false],
  ['{ a # [[[[[[[\n { b } }', 1, true],
] as const)('%s within %i: deeper = %s', (text, limit, isDeeper) => {
  expect(isNestedDeeper(text, limit, 'graphql')).toBe(isDeeper)
})

test('brackets in JSON’s strings do not count, and a hash begins no comment there', () => {
  expect(isNestedDeeper('{"a":"[[[","#":[[1]]}', 3, 'json')).toBe(false)
  expect(isNestedDeeper('{"a":"[[[","#":[[1]]}', 2, 'json')).toBe(true)
})

test('text that never ends its string is read once, in no time', () => {
  const startedAt = performance.now()
  expect(isNestedDeeper(`{ a(x: "${'\\"'.repeat(500_000)}`, 5, 'graphql')).toBe(false)
  expect(performance.now() - startedAt).toBeLessThan(500)
})
