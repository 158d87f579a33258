import { buildSchema, type OperationDefinitionNode, parse } from 'graphql'
import { describe, expect, it } from 'vitest'
import { compileVariableCoordinates, operationCoordinates } from './index.ts'

const schema = buildSchema(`
  interface Node { id: ID! }
  type Query { event(id: ID!): Event events(filter: Filter, order: Order): [Event!]! node(id: ID!): Node }
  type Event implements Node { id: ID! name: String status: Status zones(first: Int = 2): [Zone!]! }
  type Zone { id: ID! }
  enum Status { DRAFT LIVE }
  enum Order { ASC DESC }
  input Filter { status: Status, any: [Filter!], text: String }
`)

const uses = (text: string) => [...operationCoordinates(schema, parse(text))].sort()

describe('operationCoordinates', () => {
  it('names types, fields and arguments, each once, wherever they stand', () => {
    expect(
      uses('{ event(id: 1) { zones(first: 3) { id __typename } ...A } } fragment A on Event { name }'),
    ).toEqual([
      'Event',
      'Event.name',
      'Event.zones',
      'Event.zones.first',
      'Query',
      'Query.event',
      'Query.event.id',
      'Zone',
      'Zone.id',
    ])
  })

  it('names the input fields and enum values of literals', () => {
    expect(uses('{ events(filter: { any: [{ status: LIVE }] }, order: ASC) { id } }')).toEqual([
      'Event',
      'Event.id',
      'Filter',
      'Filter.any',
      'Filter.status',
      'Order',
      'Order.ASC',
      'Query',
      'Query.events',
      'Query.events.filter',
      'Query.events.order',
      'Status',
      'Status.LIVE',
    ])
  })

  it('counts every value of an enum that is selected, and the type alone of one that a variable brings', () => {
    expect(uses('{ event(id: 1) { status } }')).toEqual(
      expect.arrayContaining(['Status.DRAFT', 'Status.LIVE']),
    )
    const withVariable = uses('query ($f: Filter) { events(filter: $f) { id } }')
    expect(withVariable).toContain('Filter')
    expect(withVariable.filter((one) => /^(Filter|Status)\./.test(one))).toEqual([])
  })

  it('names fields of interfaces as theirs, types of conditions, and directives', () => {
    expect(uses('query ($x: Boolean!) { node(id: 1) { id ... on Zone @include(if: $x) { id } } }')).toEqual([
      '@include',
      '@include.if',
      'Node',
      'Node.id',
      'Query',
      'Query.node',
      'Query.node.id',
      'Zone',
      'Zone.id',
    ])
  })

  it('leaves introspection out', () => {
    expect(uses('{ __schema { types { name } } __typename }')).toEqual([])
  })
})

describe('compileVariableCoordinates', () => {
  const compiled = (text: string) =>
    compileVariableCoordinates(schema, parse(text).definitions[0] as OperationDefinitionNode)

  it('names input fields and enum values that came, at any depth, and no value', () => {
    const used = new Set<string>()
    compiled('query ($f: Filter, $o: Order, $id: ID) { __typename }')?.(
      { f: { any: [{ status: 'LIVE' }, { text: 'secret' }] }, o: 'ASC', id: 'secret' },
      used,
    )
    expect([...used].sort()).toEqual([
      'Filter.any',
      'Filter.status',
      'Filter.text',
      'Order.ASC',
      'Status.LIVE',
    ])
  })

  it('takes one value for a list of one, and null for nothing', () => {
    const used = new Set<string>()
    compiled('query ($f: [Filter!]) { __typename }')?.({ f: { status: null } }, used)
    expect([...used]).toEqual(['Filter.status'])
  })

  it('has nothing to look at where all variables are scalars', () => {
    expect(compiled('query ($id: ID!, $n: [Int!]) { __typename }')).toBeUndefined()
  })
})
