import { buildASTSchema, type GraphQLError, getOperationAST, parse } from 'graphql'
import { describe, expect, test } from 'vitest'
import { compileCost } from './cost.ts'
import { readCostRules } from './cost-rules.ts'
import { normalise } from './normalise.ts'

const declared = (cost: string, listSize: string) => `
  directive @link(url: String, as: String, import: [String]) repeatable on SCHEMA
  directive @${cost}(weight: String) on ARGUMENT_DEFINITION | ENUM | FIELD_DEFINITION | INPUT_FIELD_DEFINITION | OBJECT | SCALAR
  directive @${listSize}(assumedSize: Int, slicingArguments: [String!], sizedFields: [String!], requireOneSlicingArgument: Boolean = true) on FIELD_DEFINITION
`

const library = `
  ${declared('cost', 'listSize')}
  type Query {
    book: Book
    books: [Book!]
    shelf: [Book] @listSize(assumedSize: 3)
    first(first: Int, last: Int): [Book] @listSize(slicingArguments: ["first", "last"])
    loose(first: Int, last: Int): [Book] @listSize(slicingArguments: ["first", "last"], assumedSize: 4, requireOneSlicingArgument: false)
    usual(first: Int = 6): [Book] @listSize(slicingArguments: ["first"])
    byIds(ids: [ID!]): [Book] @listSize(slicingArguments: ["ids"])
    nested(input: PageInput): [Book] @listSize(slicingArguments: ["input.page.first"])
    page(first: Int): BookPage @listSize(slicingArguments: ["first"], sizedFields: ["edges"])
    dear: Int @cost(weight: "7")
    stamp: Stamp
    shade: Shade
    search(term: String @cost(weight: "5"), filter: Filter): Int
    thing: Thing
    things: [Thing] @listSize(assumedSize: 2)
  }
  type Mutation { add: Book }
  input PageInput { page: Page }
  input Page { first: Int = 8 }
  input Filter { deep: Int @cost(weight: "3")  shade: Shade  more: [Filter!] }
  scalar Stamp @cost(weight: "4")
  enum Shade @cost(weight: "6") { LIGHT DARK }
  type BookPage { total: Int  edges: [Edge]  names: [String] }
  type Edge { book: Book }
  interface Thing { id: ID  next: Thing }
  type Book implements Thing { id: ID  next: Thing  title: String  author: Author }
  type Author implements Thing @cost(weight: "9") { id: ID  next: Thing  books: [Book] }
`

function costOf(sdl: string, query: string, variables: Record<string, unknown> = {}, isStrict = true) {
  const document = parse(sdl)
  const schema = buildASTSchema(document)
  const asked = parse(query)
  const operation = getOperationAST(asked)
  if (!operation) throw new Error('no operation')
  const { document: normalised, literals } = normalise(schema, asked, operation)
  const cost = compileCost(schema, normalised, readCostRules(document, { defaultListSize: 10, isStrict }))
  return cost({ ...variables, ...literals })
}

describe('what an operation costs', () => {
  test.each<[string, number, string, Record<string, unknown>?]>([
    ['an object is 1 and a leaf nothing', 1, '{ book { id title } }'],
    ['an object in an object', 10, '{ book { author { id } } }'],
    ['a list of which nothing is said has the default size', 10, '{ books { title } }'],
    ['what is in a list counts for each', 100, '{ books { author { id } } }'],
    ['an assumed size', 3, '{ shelf { title } }'],
    ['a slicing argument in the document', 20, '{ first(first: 20) { id } }'],
    ['a slicing argument in a variable', 30, 'query Q($n: Int) { first(last: $n) { id } }', { n: 30 }],
    ['several slicing arguments: the largest', 9, '{ loose(first: 2, last: 9) { id } }'],
    ['none of them: the assumed size', 4, '{ loose { id } }'],
    ['none of them, but one has a default', 6, '{ usual { id } }'],
    ['a list as slicing argument: its length', 3, '{ byIds(ids: ["a", "b", "c"]) { id } }'],
    ['a slicing argument within an input', 14, '{ nested(input: { page: { first: 12 } }) { id } }'],
    ['its default there', 10, '{ nested(input: { page: {} }) { id } }'],
    [
      'it in a variable',
      7,
      'query Q($i: PageInput) { nested(input: $i) { id } }',
      { i: { page: { first: 5 } } },
    ],
    ['a size that is that of a field below', 11, '{ page(first: 5) { total edges { book { id } } names } }'],
    ['a field with a weight', 7, '{ dear }'],
    ['scalars and enums with a weight', 10, '{ stamp shade }'],
    ['arguments with a weight', 5, '{ search(term: "x") }'],
    [
      'inputs, their fields and lists in them',
      15,
      '{ search(filter: { deep: 1, shade: DARK, more: [{ deep: 2 }, {}] }) }',
    ],
    [
      'an argument that is null or absent is free',
      0,
      'query Q($t: String) { search(term: $t, filter: null) }',
    ],
    ['an abstract type: its dearest object', 9, '{ thing { id } }'],
    [
      'fragments: the dearest object’s',
      18,
      '{ thing { ... on Book { author { id } } ... on Author { next { id } } } }',
    ],
    [
      'fields that are one are counted once',
      10,
      '{ book { author { id } } ...F } fragment F on Query { book { author { books: id } } }',
    ],
    [
      'what is switched off is free',
      1,
      'query Q($no: Boolean!) { book { id } books @include(if: $no) { id } ...F @skip(if: true) } fragment F on Query { dear }',
      { no: false },
    ],
    [
      'what is switched on is not',
      11,
      'query Q($yes: Boolean!) { book { id } ... @include(if: $yes) { books { id } } }',
      { yes: true },
    ],
    ['introspection is free', 0, '{ __typename __schema { types { name } } }'],
    ['a mutation is 10 more', 11, 'mutation { add { id } }'],
  ])('%s', (...row) => {
    const [, expected, query, variables] = row
    expect(costOf(library, query, variables)).toBe(expected)
  })
})

test('abstract types within one another cost no more to reckon than the document is long', () => {
  const types = Array.from({ length: 60 }, (_, at) => `type T${at} implements Node { next: Node  id: ID }`)
  const sdl = `type Query { node: Node } interface Node { next: Node  id: ID } ${types.join('\n')}`
  const depth = 25
  expect(costOf(sdl, `{ node ${'{ next '.repeat(depth)}{ id }${' }'.repeat(depth)} }`)).toBe(depth + 1)
})

describe('where one slicing argument is needed', () => {
  test.each([
    ['none', '{ first { id } }', 0],
    ['two', '{ first(first: 1, last: 2) { id } }', 2],
    ['null', '{ first(first: null) { id } }', 0],
  ])('%s is an error of the client’s', (...row) => {
    const [, query, count] = row
    const message = `Query.first takes one of "first", "last"; ${count} were given.`
    expect(() => costOf(library, query)).toThrow(message)
    try {
      costOf(library, query)
    } catch (error) {
      expect((error as GraphQLError).extensions.code).toBe('BAD_USER_INPUT')
    }
    expect(costOf(library, query, {}, false)).toBeGreaterThan(0)
  })
})

test.each([
  [
    'imported under other names',
    'import: [{name: "@cost", as: "@price"}, {name: "@listSize", as: "@length"}]',
    'price',
    'length',
  ],
  ['not imported', '', 'cost', 'cost__listSize'],
  ['under another name of the specification', 'as: "money"', 'money', 'money__listSize'],
])('directives that are %s are known', (...row) => {
  const [, link, cost, listSize] = row
  const sdl = `
    schema @link(url: "https://specs.apollo.dev/cost/v0.1", ${link}) { query: Query }
    ${declared(cost, listSize)}
    type Query { dear: Int @${cost}(weight: "7")  list: [A] @${listSize}(assumedSize: 2) }
    type A { id: ID }`
  expect(costOf(sdl, '{ dear list { id } }')).toBe(9)
})
