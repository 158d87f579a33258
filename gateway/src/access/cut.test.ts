import { buildSchema, Kind, parse, print, stripIgnoredCharacters } from 'graphql'
import { expect, test } from 'vitest'
import { readPossibleTypes } from '../execution/possible-types.ts'
import { cutOperation, type IsAllowed } from './cut.ts'

const sdl = `
  directive @defer(if: Boolean, label: String) on INLINE_FRAGMENT
  type Query { pet: Pet animal: Animal dog: Dog many: Many }
  interface Named { name: String }
  interface Animal implements Named { name: String age: Int }
  type Dog implements Animal & Named { name: String age: Int bark: String friend: Dog }
  type Cat implements Animal & Named { name: String age: Int meow: String }
  type Stone { weight: Int }
  union Pet = Dog | Cat | Stone
  interface Many { id: ID }
  ${Array.from({ length: 13 }, (_, place) => `type M${place} implements Many & Other { id: ID other: Int }`).join(' ')}
  interface Other { other: Int }
`
const schema = buildSchema(sdl)
const types = readPossibleTypes(parse(sdl))

/** What of an operation is planned. */
function cut(text: string, isAllowed: IsAllowed = () => true): string | undefined {
  const document = parse(text)
  const definition = document.definitions.find((node) => node.kind === Kind.OPERATION_DEFINITION)
  if (!definition) throw new Error('there is no operation')
  const planned = cutOperation({ schema, document, definition, isAllowed, types })
  return planned && stripIgnoredCharacters(print(planned))
}

test('a fragment that narrows nothing is unfolded, named ones too', () => {
  expect(cut('{ dog { ...F ... on Animal { age } } } fragment F on Dog { bark ... on Named { name } }')).toBe(
    '{dog{bark name age}}',
  )
  expect(cut('{ animal { ... on Named { name } } pet { ... on Pet { ... on Dog { bark } } } }')).toBe(
    '{animal{name}pet{...on Dog{bark}}}',
  )
})

test('a fragment on an abstract type within another becomes one for each object of both', () => {
  expect(cut('{ pet { ... on Animal { name ... on Dog { bark } ... on Cat { meow } } } }')).toBe(
    '{pet{...on Dog{name bark}...on Cat{name meow}}}',
  )
})

test('a fragment on an abstract type of many objects stays as it is', () => {
  expect(cut('{ many { ... on Other { other } } }')).toBe('{many{...on Other{other}}}')
})

test('a fragment that can never apply is left out', () => {
  expect(cut('{ pet { ... on Animal { ... on Dog { ... on Cat { meow } } name } } }')).toBe(
    '{pet{...on Dog{name}...on Cat{name}}}',
  )
})

test('what is selected twice is selected once, and conditions are not lost by it', () => {
  expect(
    cut(
      'query ($on: Boolean!) { dog { name name @include(if: $on) friend { name } friend { bark } x: name } pet { ... on Dog { name } ... on Dog { age } } }',
    ),
  ).toBe('query($on:Boolean!){dog{name name@include(if:$on)friend{name bark}x:name}pet{...on Dog{name age}}}')
})

test('deferred fragments stay blocks of their own, with their types', () => {
  const text =
    '{dog{...on Dog@defer(label:"a"){name}...on Dog@defer(label:"b"){age}...@defer{bark}...@defer{bark}}}'
  expect(cut(text)).toBe(text)
})

test('where all that one type was asked for is cut, objects still tell their type', () => {
  expect(cut('{ animal { name ... on Cat { age } } }', (type) => type.name !== 'Cat')).toContain('__typename')
})

test('a field that may not be read of one type is asked for of the others', () => {
  expect(cut('{ animal { name age } }', (type, field) => type.name !== 'Cat' || field !== 'age')).toBe(
    '{animal{name ...on Dog{age}__typename}}',
  )
})
