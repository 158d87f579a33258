import { parse, print } from 'graphql'
import { expect, test } from 'vitest'
import { settleSwitches } from './settle-switches.ts'

const settled = (text: string, switches: Readonly<Record<string, boolean>> = {}) =>
  print(settleSwitches(parse(text), switches))
    .replace(/\s+/g, ' ')
    .trim()

test('what literals and variables switch off is left out, and what they leave has no condition any more', () => {
  const text =
    'query ($on: Boolean!) { a @skip(if: false) b @include(if: false) c @include(if: $on) ... @skip(if: $on) { d } ...F @include(if: $on) } fragment F on Query { e @skip(if: true) f }'
  expect(settled(text, { on: true })).toBe('query ($on: Boolean!) { a c ...F } fragment F on Query { f }')
  expect(settled(text, { on: false })).toBe('query ($on: Boolean!) { a ... { d } } fragment F on Query { f }')
})

test('other directives stay, and a document without conditions is the same object', () => {
  expect(settled('{ a @tag(name: "x") @skip(if: false) }')).toBe('{ a @tag(name: "x") }')
  const document = parse('{ a { b } }')
  expect(settleSwitches(document, {})).toBe(document)
})
