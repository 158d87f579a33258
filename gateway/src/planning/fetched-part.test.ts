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

test('introspection is taken out of the root and its fragments, the rest stays under its conditions', () => {
  const text =
    'query ($c: Boolean!) { ...F @include(if: $c) } fragment F on Query { __typename __type(name: "A") { name } me { ...U } } fragment U on User { __typename }'
  expect(part(text)).toBe(
    'query ($c: Boolean!) { ... on Query @include(if: $c) { me { ...U } } } fragment U on User { __typename }',
  )
})

test('a fragment that nothing spreads any more is dropped', () => {
  expect(part('{ a ...F } fragment F on Query { __typename ...G } fragment G on Query { __typename }')).toBe(
    '{ a }',
  )
})
