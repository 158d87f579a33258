import { parse, print } from 'graphql'
import { expect, test } from 'vitest'
import { documentOf, fetchedPart } from './fetched-part.ts'

function part(text: string): string | undefined {
  const fetched = fetchedPart(parse(text))
  return fetched && print(documentOf(fetched)).replace(/\s+/g, ' ').trim()
}

test.each(['{ __typename }', '{ __schema { types { name } } a: __typename }', 'mutation { __typename }'])(
  'nothing is fetched for %s',
  (text) => expect(part(text)).toBeUndefined(),
)

test('nothing is fetched for what a literal leaves out at the root, also in fragments', () => {
  expect(
    part('{ a @include(if: false) ... @skip(if: true) { b } ...F } fragment F on Query { __typename }'),
  ).toBe(undefined)
})

test('introspection is taken out of the root and its fragments, the rest stays under its conditions', () => {
  const text =
    'query ($c: Boolean!) { ...F @include(if: $c) } fragment F on Query { __typename __type(name: "A") { name } me { ...U } } fragment U on User { __typename }'
  expect(part(text)).toBe(
    'query ($c: Boolean!) { ... on Query @include(if: $c) { me { ...U } } } fragment U on User { __typename }',
  )
})

test('literals below the root are applied, and no selection is left empty', () => {
  expect(part('{ me { a @skip(if: true) b @include(if: true) c { d @skip(if: true) } } }')).toBe(
    '{ me { b c { __typename } } }',
  )
})

test('a fragment that nothing spreads any more is dropped', () => {
  expect(part('{ a ...F @skip(if: true) } fragment F on Query { b }')).toBe('{ a }')
})
