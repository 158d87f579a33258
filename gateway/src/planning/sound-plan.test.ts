import { expect, test } from 'vitest'
import { composedFacts } from '../../test/composed-facts.ts'
import type { EntitiesNode, EntityGroup, FetchNode, RequiredSelection } from './plan.ts'
import { soundPlan } from './sound-plan.ts'

const zoo = composedFacts({
  a: `type Query { dog: Dog guest: Dog @provides(fields: "age") pet: Pet animal: Animal }
    union Pet = Dog | Cat
    interface Animal @key(fields: "id") { id: ID! weight: Int }
    type Dog implements Animal @key(fields: "id") { id: ID! weight: Int age: Int @external toy: Toy @shareable }
    type Cat implements Animal @key(fields: "id") { id: ID! weight: Int }
    type Toy @shareable { name: String }`,
  b: `type Dog @key(fields: "id") { id: ID! age: Int @shareable toy: Toy @shareable }
    type Toy @shareable { name: String }`,
  c: `type Animal @interfaceObject @key(fields: "id") { id: ID! weight: Int @external food: String @requires(fields: "weight") }`,
})

function asks(subgraph: string, document: string, variables: string[] = []): FetchNode {
  const rest = { operation: 'query', operationName: undefined, outputRewrites: [] } as const
  return { kind: 'fetch', subgraph, document, variables, ...rest }
}

/** The document as it is sent in the end, on one line. */
function sent(fetch: FetchNode): string {
  const sound = soundPlan(fetch, zoo)
  return sound?.kind === 'fetch' ? sound.document.replace(/\s+/g, ' ').trim() : 'nothing'
}

const field = (name: string): RequiredSelection => ({
  kind: 'field',
  name,
  alias: undefined,
  selections: undefined,
})
const on = (type: string, ...names: string[]): RequiredSelection => ({
  kind: 'fragment',
  type,
  selections: names.map(field),
})

/** Types of which a group with these representations sends one. */
function represented(
  subgraph: string,
  selections: string,
  { requires, told }: { readonly requires: RequiredSelection[]; readonly told?: string },
): string[] {
  const group: EntityGroup = {
    responseKey: '_entities',
    variable: 'r',
    paths: [[{ kind: 'field', key: 'animal' }]],
    requires,
    inputRewrites: told
      ? [
          {
            kind: 'set',
            path: [
              { kind: 'types', names: ['Animal'] },
              { kind: 'field', key: '__typename' },
            ],
            value: told,
          },
        ]
      : [],
    outputRewrites: [],
  }
  const node: EntitiesNode = {
    kind: 'entities',
    subgraph,
    document: `query ($r: [_Any!]!) { _entities(representations: $r) { ${selections} } }`,
    operationName: undefined,
    variables: ['r'],
    groups: [group],
  }
  const sound = soundPlan(node, zoo)
  const kept = sound?.kind === 'entities' ? (sound.groups[0]?.requires ?? []) : []
  return kept.flatMap((one) => (one.kind === 'fragment' ? (one.type ?? []) : []))
}

test('an object of which nothing is selected is left out, and what held nothing else', () => {
  expect(sent(asks('a', '{ dog { id toy } }'))).toBe('{ dog { id } }')
  expect(sent(asks('a', '{ dog { id } pet { ... on Dog { toy } } }'))).toBe('{ dog { id } }')
})

test('a fragment on a type that cannot be there is left out, with the variables and fragments that only it used', () => {
  const document =
    'query ($a: Int, $b: Int) { dog { id ... on Cat { weight @tag(n: $a) } ...F } pet { ...F ... on Dog { id @tag(n: $b) } } } fragment F on Cat { id }'
  const sound = soundPlan(asks('a', document, ['a', 'b']), zoo)
  expect(sound).toMatchObject({ variables: ['b'] })
  expect(sent(asks('a', document))).toBe(
    'query ($b: Int) { dog { id } pet { ...F ... on Dog { id @tag(n: $b) } } } fragment F on Cat { id }',
  )
  expect(sent(asks('a', '{ dog { id ...F } } fragment F on Cat { id }'))).toBe('{ dog { id } }')
})

test('what can be sent is sent as it was written', () => {
  const fetch = asks('a', '{dog{id toy{name}}pet{...on Dog{id}}}')
  expect(soundPlan(fetch, zoo)).toMatchObject({ document: fetch.document })
})

test('a plan that asks for what a subgraph has in name alone is refused, but where a path provides it', () => {
  expect(() => sent(asks('a', '{ dog { age } }'))).toThrow('asks a for Dog.age, which is external there')
  expect(() => sent(asks('a', '{ pet { ... on Dog { age } } }'))).toThrow('external')
  expect(sent(asks('a', '{ guest { age } }'))).toBe('{ guest { age } }')
  expect(sent(asks('b', '{ dog { age } }'))).toBe('{ dog { age } }')
})

test('an object without a whole key is not asked about', () => {
  expect(represented('b', '... on Dog { age }', { requires: [on('Dog', 'id')] })).toEqual(['Dog'])
  expect(represented('b', '... on Dog { age }', { requires: [on('Dog', 'weight')] })).toEqual([])
  const requires = [on('Dog', 'id', 'weight'), on('Animal', 'weight')]
  expect(represented('c', '... on Animal { food }', { requires, told: 'Animal' })).toEqual(['Dog'])
})

test('an object without what a field requires is not asked about, also where a fragment asks for the field', () => {
  const requires = [on('Animal', 'id'), on('Cat', 'weight')]
  expect(represented('c', '... on Animal { food }', { requires, told: 'Animal' })).toEqual(['Cat'])
  expect(represented('c', '... on Animal { id }', { requires, told: 'Animal' })).toEqual(['Animal', 'Cat'])
})
