import {
  buildSchema,
  coerceInputValue,
  type GraphQLScalarType,
  type GraphQLSchema,
  parseType,
  typeFromAST,
} from 'graphql'
import { expect, test } from 'vitest'
import { type Random, random } from '../../test/differential/random.ts'
import { plainValue, UNUSUAL } from './plain-value.ts'

const schema: GraphQLSchema = buildSchema(`
  scalar Anything
  scalar Even
  enum Colour { RED GREEN }
  input Inner { name: String! = "nobody" size: Int colour: Colour = GREEN tags: [ID!] }
  input Outer { inner: Inner! inners: [Inner]! = [] next: Outer even: Even anything: Anything ratio: Float isSo: Boolean! }
  input One @oneOf { a: Int b: String }
  type Query { ask(outer: Outer, one: One): Int }
`)
const even = schema.getType('Even') as GraphQLScalarType
even.parseValue = (value) => {
  if (value === 'none') return undefined
  if (typeof value !== 'number' || value % 2 !== 0) throw new TypeError('not even')
  return value / 2
}

function inputType(text: string) {
  // biome-ignore lint/suspicious/noExplicitAny: typeFromAST has an overload for each kind of node
  return typeFromAST(schema, parseType(text) as any) as any
}

/** What graphql-js makes of it; undefined where it refuses it. */
function coerced(text: string, value: unknown): unknown {
  let isRefused = false
  const result = coerceInputValue(value, inputType(text), () => {
    isRefused = true
  })
  return isRefused ? undefined : result
}

const leaves = [
  null,
  0,
  1,
  2,
  -1,
  2 ** 31,
  1.5,
  '',
  'RED',
  'BLUE',
  'none',
  true,
  false,
  [],
  {},
  ['RED'],
  [null],
]
const names = [
  'inner',
  'inners',
  'next',
  'even',
  'anything',
  'ratio',
  'isSo',
  'name',
  'size',
  'colour',
  'tags',
  'other',
]

/** A value that is often right. */
function someValue(chances: Random, depth: number): unknown {
  const { chance, pick } = chances
  const inner = () => ({
    ...(chance(0.7) && { name: pick(['a', 'b', null, 3]) }),
    ...(chance(0.7) && { size: pick([1, 2, null, 1.5]) }),
    ...(chance(0.7) && { colour: pick(['RED', 'GREEN', null, 'BLUE']) }),
    ...(chance(0.7) && { tags: pick([['x'], [], null, 'x', [1], [null]]) }),
    ...(chance(0.05) && { other: 1 }),
  })
  if (depth === 0) return pick(leaves)
  if (chance(0.1)) return { [pick(names)]: someValue(chances, depth - 1) }
  return {
    inner: chance(0.9) ? inner() : pick(leaves),
    isSo: chance(0.9) ? true : pick(leaves),
    ...(chance(0.5) && { inners: [inner(), pick([null, inner(), 1])] }),
    ...(chance(0.5) && { next: someValue(chances, depth - 1) }),
    ...(chance(0.5) && { even: pick([2, 4, 3, 'none', null]) }),
    ...(chance(0.5) && { anything: pick(leaves) }),
    ...(chance(0.5) && { ratio: pick([1, 1.5, null, '1']) }),
  }
}

test('a plain value is what graphql-js makes of it, and what it refuses is never plain', () => {
  const read = plainValue(inputType('Outer'))
  const chances = random(1)
  let plain = 0
  let refused = 0
  for (let round = 0; round < 20_000; round++) {
    const value = someValue(chances, 3)
    const expected = coerced('Outer', value)
    const found = read(value)
    if (found !== UNUSUAL) {
      plain++
      expect(found, JSON.stringify(value)).toEqual(expected)
    } else if (expected === undefined) refused++
  }
  // Both are met often enough to say something.
  expect(plain).toBeGreaterThan(500)
  expect(refused).toBeGreaterThan(2_000)
})

test.each([
  ['Int', 3, 3],
  ['Int', 2 ** 31, UNUSUAL],
  ['Int!', null, UNUSUAL],
  ['Int', null, null],
  ['ID', 7, UNUSUAL],
  ['[Int!]!', [1, 2], [1, 2]],
  ['[Int!]', [1, null], UNUSUAL],
  ['[Int]', [1, null], [1, null]],
  ['[Int]', 1, UNUSUAL],
  ['Colour', 'RED', 'RED'],
  ['Colour', 'BLUE', UNUSUAL],
  ['Inner', {}, { name: 'nobody', colour: 'GREEN' }],
  ['Inner', { name: null }, UNUSUAL],
  ['Inner', JSON.parse('{"__proto__": 1}'), UNUSUAL],
  ['Inner', 'text', UNUSUAL],
  ['Even', 4, 2],
  ['Even', 3, UNUSUAL],
  ['One', { a: 1 }, UNUSUAL],
])('%s of %j', (type, value, expected) => {
  expect(plainValue(inputType(type))(value)).toEqual(expected)
})
