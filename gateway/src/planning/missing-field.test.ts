import { parse } from 'graphql'
import { expect, test } from 'vitest'
import { composedFacts } from '../../test/composed-facts.ts'
import { fetchedPart } from './fetched-part.ts'
import { missingField } from './missing-field.ts'
import type { EntitiesNode, FetchNode, Path, PlanNode, Rewrite } from './plan.ts'

const zoo = composedFacts({
  a: `type Query { pet: Pet pets: [Pet!] animal: Animal dog: Dog }
    union Pet = Dog | Cat
    interface Animal { name: String }
    type Dog implements Animal @key(fields: "id") { id: ID! name: String bark(loud: Boolean): String }
    type Cat implements Animal @key(fields: "id") { id: ID! name: String }
    type Ghost implements Animal @inaccessible { name: String }`,
  b: `type Query { found: Pet }
    union Pet = Dog
    type Dog @key(fields: "id") { id: ID! age: Int friend: Dog }`,
})

function asks(subgraph: string, document: string, outputRewrites: readonly Rewrite[] = []): FetchNode {
  return {
    kind: 'fetch',
    subgraph,
    document,
    operation: 'query',
    operationName: undefined,
    variables: [],
    outputRewrites,
  }
}

function completes(subgraph: string, path: Path, selections: string): EntitiesNode {
  return {
    kind: 'entities',
    subgraph,
    document: `query ($r: [_Any!]!) { e: _entities(representations: $r) { ${selections} } }`,
    operationName: undefined,
    variables: ['r'],
    groups: [
      {
        responseKey: 'e',
        variable: 'r',
        paths: [path],
        requires: [{ kind: 'field', name: 'id', alias: undefined, selections: undefined }],
        inputRewrites: [],
        outputRewrites: [],
      },
    ],
  }
}

function problem(operation: string, ...nodes: PlanNode[]): string | undefined {
  const part = fetchedPart(parse(operation))
  if (!part) throw new Error('nothing is fetched')
  return missingField(part, { kind: 'sequence', nodes }, zoo)
}

const pet: Path = [{ kind: 'field', key: 'pet' }]

test('a plan that fetches all has no problem, from whichever subgraphs', () => {
  const first = asks('a', '{ pet { __typename ... on Dog { name id } ... on Cat { name } } }')
  const operation = '{ pet { __typename ... on Dog { name age } ... on Cat { name } } }'
  expect(problem(operation, first, completes('b', pet, '... on Dog { age }'))).toBe(undefined)
})

test('a field that is fetched for one type of a union only is missed in the other', () => {
  const plan = asks('a', '{ pet { __typename ... on Dog { name } } }')
  expect(problem('{ pet { ... on Dog { name } ... on Cat { name } } }', plan)).toBe(
    'does not fetch Cat.name at query.pet.name.',
  )
})

test('entities are counted for the types of their path alone', () => {
  const first = asks('a', '{ pets { __typename ... on Dog { id } } }')
  const items: Path = [{ kind: 'field', key: 'pets' }, { kind: 'items' }]
  const operation = '{ pets { ... on Dog { age } } }'
  const onType = (name: string) =>
    completes('b', [...items, { kind: 'types', names: [name] }], '... on Dog { age }')
  expect(problem(operation, first, onType('Dog'))).toBe(undefined)
  expect(problem(operation, first, onType('Cat'))).toContain('Dog.age')
})

test('a type that the asked subgraph cannot answer with, and one that clients do not see, need nothing', () => {
  expect(
    problem(
      '{ found { ... on Dog { age } ... on Cat { name } } }',
      asks('b', '{ found { ... on Dog { age } } }'),
    ),
  ).toBe(undefined)
  const plan = asks('a', '{ animal { ... on Dog { name } ... on Cat { name } } }')
  expect(problem('{ animal { name } }', plan)).toBe(undefined)
})

test('a field that stands under other conditions than asked is missed', () => {
  const operation =
    'query ($on: Boolean!, $off: Boolean!) { dog { name @include(if: $on) id @skip(if: $off) } }'
  expect(problem(operation, asks('a', '{ dog { name @include(if: $on) id @skip(if: $off) } }'))).toBe(
    undefined,
  )
  expect(problem(operation, asks('a', '{ dog { name @include(if: $on) id @include(if: $off) } }'))).toContain(
    'Dog.id',
  )
  const node: PlanNode = {
    kind: 'condition',
    variable: 'off',
    whenTrue: asks('a', '{ dog { name } }'),
    whenFalse: asks('a', '{ dog { name id } }'),
  }
  expect(problem(operation, node)).toBe(undefined)
  expect(problem(operation, { ...node, whenFalse: node.whenTrue })).toContain('Dog.id')
})

test('each of many conditions is looked at alone', () => {
  const names = ['a', 'b', 'c', 'd', 'e', 'f']
  const head = `query (${names.map((name) => `$${name}: Boolean!`).join()})`
  const fields = (last: string) =>
    names.map((name) => `${name}: name @include(if: $${name === 'f' ? last : name})`).join(' ')
  expect(problem(`${head} { dog { ${fields('f')} } }`, asks('a', `{ dog { ${fields('f')} } }`))).toBe(
    undefined,
  )
  expect(problem(`${head} { dog { ${fields('f')} } }`, asks('a', `{ dog { ${fields('e')} } }`))).toContain(
    '.f.',
  )
})

test('a document that its subgraph would refuse is a problem', () => {
  const asksInVain = asks('b', '{ found { ... on Dog { age } ... on Cat { name } } }')
  expect(problem('{ found { ... on Dog { age } } }', asksInVain)).toBe(
    'asks for types at query.found that cannot be there.',
  )
})

test('another argument in the place of the client’s is a problem, another alias that is renamed is none', () => {
  const operation = 'query ($loud: Boolean) { dog { bark(loud: $loud) } }'
  expect(problem(operation, asks('a', '{ dog { bark(loud: $loud) bark(loud: true) } }'))).toContain(
    'fetches bark in the place of bark(loud: $loud)',
  )
  const renamed = asks('a', '{ dog { x: bark(loud: $loud) } }', [
    {
      kind: 'rename',
      path: [
        { kind: 'field', key: 'dog' },
        { kind: 'field', key: 'x' },
      ],
      key: 'bark',
    },
  ])
  expect(problem(operation, renamed)).toBe(undefined)
  expect(problem(operation, { ...renamed, outputRewrites: [] })).toContain('Dog.bark')
})

test('an interface without objects stands for itself', () => {
  const types = composedFacts({
    a: 'type Query { thing: Thing } interface Thing @key(fields: "id") { id: ID! }',
    b: 'type Query { other: Thing } type Thing @key(fields: "id", resolvable: false) @interfaceObject { id: ID! label: String }',
  })
  const part = fetchedPart(parse('{ thing { label } }'))
  expect(part && missingField(part, asks('a', '{ thing { id } }'), types)).toContain('Thing.label')
})
