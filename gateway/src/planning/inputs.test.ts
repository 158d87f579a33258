import { parse } from 'graphql'
import { expect, test } from 'vitest'
import { composedFacts } from '../../test/composed-facts.ts'
import { fetchedPart } from './fetched-part.ts'
import { missingField } from './missing-field.ts'
import type { EntitiesNode, FetchNode, Path, PlanNode, RequiredSelection } from './plan.ts'

const shop = composedFacts({
  a: `type Query { box: Box media: Media }
    type Box @key(fields: "id") { id: ID! size(unit: Unit): Int }
    enum Unit { CM INCH }
    interface Media @key(fields: "id") { id: ID! }
    type Book implements Media @key(fields: "id") { id: ID! pages: Int }
    type Film implements Media @key(fields: "id") { id: ID! }`,
  b: `type Box @key(fields: "id") { id: ID! size(unit: Unit): Int @external fits: Boolean @requires(fields: "size(unit: CM)") }
    enum Unit { CM INCH }`,
  c: 'type Query { liked: Media } type Media @interfaceObject @key(fields: "id") { id: ID! }',
})

function asks(subgraph: string, document: string): FetchNode {
  const rest = { operation: 'query', operationName: undefined, variables: [], outputRewrites: [] } as const
  return { kind: 'fetch', subgraph, document, ...rest }
}

interface Sent {
  readonly at: string
  readonly type: string
  /** `name` or `name from key`. */
  readonly fields: readonly string[]
}

function completes(subgraph: string, selections: string, { at, type, fields }: Sent): EntitiesNode {
  const selected = fields.map((text): RequiredSelection => {
    const [name = '', alias] = text.split(' from ')
    return { kind: 'field', name, alias, selections: undefined }
  })
  const path: Path = [{ kind: 'field', key: at }]
  const group = { responseKey: 'e', variable: 'r', paths: [path], inputRewrites: [], outputRewrites: [] }
  return {
    kind: 'entities',
    subgraph,
    document: `query ($r: [_Any!]!) { e: _entities(representations: $r) { ${selections} } }`,
    operationName: undefined,
    variables: ['r'],
    groups: [{ ...group, requires: [{ kind: 'fragment', type, selections: selected }] }],
  }
}

function problem(operation: string, ...nodes: PlanNode[]): string | undefined {
  const part = fetchedPart(parse(operation))
  return part && missingField(part, { kind: 'sequence', nodes }, shop)
}

const fits = (...fields: string[]) =>
  completes('b', '... on Box { fits }', { at: 'box', type: 'Box', fields })

test('entities count only where all that is sent of them was fetched before', () => {
  const operation = '{ box { fits } }'
  const first = asks('a', '{ box { __typename id size(unit: CM) } }')
  expect(problem(operation, first, fits('id', 'size'))).toBe(undefined)
  expect(problem(operation, asks('a', '{ box { size(unit: CM) } }'), fits('id', 'size'))).toContain(
    'Box.fits',
  )
  expect(problem(operation, fits('id', 'size'), first)).toContain('Box.fits')
  const beside: PlanNode = { kind: 'parallel', nodes: [first, fits('id', 'size')] }
  expect(problem(operation, beside)).toContain('Box.fits')
})

test('entities count only where what a field requires was fetched with its arguments, under whichever key', () => {
  const operation = '{ box { fits } }'
  const other = asks('a', '{ box { id size(unit: INCH) cm: size(unit: CM) } }')
  expect(problem(operation, other, fits('id', 'size'))).toContain('Box.fits')
  expect(problem(operation, other, fits('id', 'size from cm'))).toBe(undefined)
})

test('where a subgraph knows objects by their interface alone, another one must tell their types', () => {
  const liked = asks('c', '{ liked { __typename id } }')
  const told = (fields: string[]) =>
    completes('a', '... on Media { __typename ... on Book { pages } }', {
      at: 'liked',
      type: 'Media',
      fields,
    })
  expect(problem('{ liked { id } }', liked)).toBe(undefined)
  expect(problem('{ liked { __typename id } }', liked)).toContain('of which type an object at query.liked is')
  expect(problem('{ liked { __typename id } }', liked, told(['id']))).toBe(undefined)
  expect(problem('{ liked { ... on Book { pages } } }', liked, told(['id']))).toBe(undefined)
  const without = asks('c', '{ liked { __typename } }')
  expect(problem('{ liked { __typename } }', without, told(['id']))).toContain('of which type')
})
