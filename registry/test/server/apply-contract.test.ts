import { Supergraph } from '@apollo/federation-internals'
import type { Contract } from '@headcount/registry-api'
import { buildSchema, type GraphQLObjectType, isObjectType } from 'graphql'
import { describe, expect, it } from 'vitest'
import { compose } from '../../src/composition/compose.ts'
import { applyContract } from '../../src/server/contracts/apply-contract.ts'
import { sdl } from './harness.ts'

function supergraphOf(...texts: string[]): string {
  const composed = compose(
    texts.map((text, index) => ({ name: `s${index}`, url: `http://s${index}.test`, sdl: sdl(text) })),
  )
  if (composed.errors) throw new Error(JSON.stringify(composed.errors))
  return composed.supergraphSdl
}

function rules(given: Partial<Contract>): Contract {
  return { name: 'apps', include: [], exclude: [], hidesUnreachable: true, ...given }
}

function apply(supergraph: string, given: Partial<Contract>) {
  const outcome = applyContract(supergraph, rules(given))
  if (outcome.errors) throw new Error(outcome.errors.join('\n'))
  const schema = buildSchema(outcome.apiSchema)
  return {
    ...outcome,
    types: Object.keys(schema.getTypeMap()).filter(
      (name) => !name.startsWith('__') && !/^(ID|Int|String|Boolean|Float)$/.test(name),
    ),
    fields: (name: string) => {
      const type = schema.getType(name)
      return isObjectType(type) ? Object.keys((type as GraphQLObjectType).getFields()) : undefined
    },
  }
}

function errorsOf(supergraph: string, given: Partial<Contract>) {
  return applyContract(supergraph, rules(given)).errors ?? []
}

const shop = supergraphOf(
  `type Query {
    product(id: ID!, filter: Filter, debug: Boolean @tag(name: "internal")): Product @tag(name: "public")
    search: [Result!] @tag(name: "public")
    admin: Admin
  }
  type Product implements Node @key(fields: "id") @tag(name: "public") {
    id: ID!
    price(in: Currency = EUR): Money
    margin: Int @tag(name: "internal")
    size: Size
  }
  interface Node { id: ID! }
  union Result = Product | Page
  type Page @tag(name: "public") { title: String }
  scalar Money
  enum Currency { EUR USD @tag(name: "internal") }
  enum Size { S M }
  input Filter { text: String  rank: Int @tag(name: "internal") }
  type Admin { users: Int  kind: AdminKind }
  enum AdminKind { ROOT }`,
  `type Product @key(fields: "id") { id: ID!  stock: Int @tag(name: "public")  depot: Depot @inaccessible }
  type Depot { name: String }`,
)

describe('a contract that excludes', () => {
  it('hides fields, arguments, input fields and enum values with the tag, and nothing else', () => {
    const { apiSchema, fields } = apply(shop, { exclude: ['internal'] })
    expect(fields('Product')).toEqual(['id', 'price', 'size', 'stock'])
    expect(fields('Query')).toEqual(['admin', 'product', 'search'])
    expect(apiSchema).toContain('product(filter: Filter, id: ID!): Product')
    expect(apiSchema).toMatch(/input Filter \{\s+text: String\s+\}/)
    expect(apiSchema).toMatch(/enum Currency \{\s+EUR\s+\}/)
  })

  it('hides a type with the tag when nothing visible has it', () => {
    const text = supergraphOf(
      'type Query { a: Int  b: Secret @tag(name: "x") } type Secret @tag(name: "x") { c: Int }',
    )
    expect(apply(text, { exclude: ['x'] }).types).toEqual(['Query'])
  })

  it('says which visible element still needs what it hides', () => {
    const text = supergraphOf('type Query { a: Int  b: Secret } type Secret @tag(name: "x") { c: Int }')
    expect(errorsOf(text, { exclude: ['x'] })).toEqual([
      'Type "Secret" is hidden by the contract but is referenced by "Query.b", which is in the API schema.',
    ])
  })

  it('cannot hide a required argument or input field', () => {
    const argument = supergraphOf('type Query { a(b: Int! @tag(name: "x")): Int }')
    expect(errorsOf(argument, { exclude: ['x'] })).toEqual([
      expect.stringContaining('"Query.a(b:)" is hidden by the contract but is a required argument'),
    ])
    const field = supergraphOf('type Query { a(b: B): Int } input B { c: Int! @tag(name: "x")  d: Int }')
    expect(errorsOf(field, { exclude: ['x'] })).toEqual([
      expect.stringMatching(/"B\.c" is hidden by the contract but is a required/),
    ])
    const defaulted = supergraphOf('type Query { a(b: Int! = 1 @tag(name: "x")): Int }')
    expect(apply(defaulted, { exclude: ['x'] }).apiSchema).toContain('a: Int')
  })

  it('cannot hide what a default value names', () => {
    const text = supergraphOf('type Query { a(b: B = X): Int } enum B { X @tag(name: "x") Y }')
    expect(errorsOf(text, { exclude: ['x'] })).toEqual([expect.stringContaining('default value')])
  })

  it('cannot hide a field that a visible interface promises', () => {
    const text = supergraphOf(
      'type Query { n: N } interface N { id: ID! } type A implements N { id: ID! @tag(name: "x")  b: Int }',
    )
    expect(errorsOf(text, { exclude: ['x'] })).toEqual([expect.stringMatching(/A\.id.*implements.*N\.id/)])
  })

  it('hides unions, enums and inputs that have nothing left', () => {
    const text = supergraphOf(`type Query { a(e: E): Int  u: U @tag(name: "x") }
      union U = V  type V @tag(name: "x") { w: Int }  enum E { F }`)
    expect(apply(text, { exclude: ['x'], hidesUnreachable: false }).types).toEqual(['E', 'Query'])
  })

  it('leaves nothing of Query: an error that says so', () => {
    expect(errorsOf(supergraphOf('type Query @tag(name: "x") { a: Int }'), { exclude: ['x'] })).toEqual([
      'Every field of Query is hidden by tags that are excluded.',
    ])
  })
})

describe('a contract that includes', () => {
  it('shows fields with the tag or of a type with it, and what they lead to', () => {
    const { types, fields } = apply(shop, { include: ['public'] })
    expect(fields('Query')).toEqual(['product', 'search'])
    expect(fields('Product')).toEqual(['id', 'margin', 'price', 'size', 'stock'])
    expect(types).toEqual(['Currency', 'Filter', 'Money', 'Page', 'Product', 'Query', 'Result', 'Size'])
  })

  it('goes after what is excluded', () => {
    expect(apply(shop, { include: ['public'], exclude: ['internal'] }).fields('Product')).toEqual([
      'id',
      'price',
      'size',
      'stock',
    ])
  })

  it('keeps types that nothing leads to when it is told to', () => {
    const { types } = apply(shop, { include: ['public'], hidesUnreachable: false })
    expect(types).toContain('AdminKind')
    expect(apply(shop, { include: ['public'] }).types).not.toContain('AdminKind')
  })

  it('has no field of Query: an error that names the tags', () => {
    expect(errorsOf(shop, { include: ['partners'] })).toEqual([
      'Every field of Query is hidden: none has one of the tags partners, or all have one that is excluded.',
    ])
  })

  it('takes any of several tags', () => {
    const text = supergraphOf('type Query { a: Int @tag(name: "x")  b: Int @tag(name: "y")  c: Int }')
    expect(apply(text, { include: ['x', 'y'] }).fields('Query')).toEqual(['a', 'b'])
  })
})

it('is a supergraph like any other: what is hidden is there for plans, and marked', () => {
  const { supergraph } = apply(shop, { include: ['public'], exclude: ['internal'] })
  expect(supergraph).toMatch(/margin: Int .*@tag\(name: "internal"\) @inaccessible/)
  const read = Supergraph.build(supergraph)
  expect(read.schema.type('Admin')?.hasAppliedDirective('inaccessible')).toBe(true)
  expect(read.subgraphs().size()).toBe(2)
})

it('works where the tags have another name, and where nothing was inaccessible before', () => {
  const renamed = compose([
    {
      name: 'a',
      url: 'http://a.test',
      sdl: `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: [{ name: "@tag", as: "@label" }])
        type Query { a: Int @label(name: "x")  b: Int }`,
    },
  ])
  if (renamed.errors) throw new Error('not composed')
  expect(apply(renamed.supergraphSdl, { include: ['x'] }).fields('Query')).toEqual(['a'])
})

it('changes nothing of a supergraph without the tags', () => {
  const text = supergraphOf('type Query { a: Int }')
  const { apiSchema, supergraph } = apply(text, { exclude: ['x'] })
  expect(apiSchema).toContain('a: Int')
  expect(supergraph).not.toContain('@inaccessible')
})
