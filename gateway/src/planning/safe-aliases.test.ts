import { parse, print } from 'graphql'
import { expect, test } from 'vitest'
import { clientKey, withSafeAliases } from './safe-aliases.ts'

const inputNames = {
  all: new Set(['id', 'sku', 'size']),
  called: new Set(['size']),
  added: new Set(['rating']),
}
const marked = (text: string) => print(withSafeAliases(parse(text), inputNames)).replace(/\s+/g, ' ')

test('an alias that a planner could take for a key is marked, and its key turns back', () => {
  expect(marked('{ me { id: name } }')).toBe('{ me { _as_id: name } }')
  expect(clientKey('_as_id')).toBe('id')
  expect(clientKey('name')).toBe('name')
})

test('a field that some field requires is marked where its arguments are others, or may be', () => {
  expect(marked('{ me { sku(form: LONG) sku size } }')).toBe(
    '{ me { _as_sku: sku(form: LONG) sku _as_size: size } }',
  )
})

test('aliases that look like made-up ones are marked', () => {
  expect(marked('{ __typename: a _internal_qp_alias_0: b id__alias_1: c }')).toBe(
    '{ _as___typename: a _as__internal_qp_alias_0: b _as_id__alias_1: c }',
  )
})

test('a field that a subgraph adds to an interface has a mark of its arguments', () => {
  const [first, second, third] =
    marked(
      '{ a: rating(by: $x, of: 1) ... on B { a: rating(of: 1, by: $x) } ... on C { a: rating(by: $y) } rating }',
    ).match(/_as[0-9a-f]+_a/g) ?? []
  expect(second).toBe(first)
  expect(third).not.toBe(first)
  expect(clientKey(first ?? '')).toBe('a')
})

test('a key that has the mark already stays apart from those that get it', () => {
  expect(marked('{ _as_id: a id: b _as_x }')).toBe('{ _as__as_id: a _as_id: b _as__as_x: _as_x }')
  expect(clientKey('_as__as_id')).toBe('_as_id')
})

test('a document without such aliases is the same object', () => {
  const document = parse('{ me { id title: name id: id } }')
  expect(withSafeAliases(document, inputNames)).toBe(document)
})
