import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Composed, compose } from '../../src/composition/compose.ts'
import type { Subgraph } from '../../src/subgraph.ts'

const link = (imports: string, version = '2.9') =>
  `extend schema @link(url: "https://specs.apollo.dev/federation/v${version}", import: [${imports}])`

function subgraphs(texts: Readonly<Record<string, string>>): Subgraph[] {
  return Object.entries(texts).map(([name, sdl]) => ({ name, url: `http://${name}.test/graphql`, sdl }))
}

/** Subgraphs by what of federation they use. */
export const cases: Readonly<Record<string, readonly Subgraph[]>> = {
  'keys, stubs, shared values and requirements': subgraphs({
    products: `${link('"@key", "@shareable", "@external", "@requires"')}
      type Query { product(id: ID!, "How many." first: Int = 10 @deprecated(reason: "no use")): Product }
      "What is sold." type Product @key(fields: "id") @key(fields: "sku") {
        id: ID! sku: String! price: Money "Its name." name: String @deprecated(reason: "use title") title: String @deprecated
      }
      type Money @shareable { amount: Int! currency: Currency! }
      enum Currency { EUR "Of America." USD GBP @deprecated(reason: "gone") }`,
    stock: `${link('"@key", "@shareable", "@external", "@requires"')}
      type Product @key(fields: "id") { id: ID! price: Money @external isCheap: Boolean! @requires(fields: "price { amount }") }
      type Money @shareable { amount: Int! currency: Currency! }
      enum Currency { EUR USD GBP }`,
    reviews: `${link('"@key"')}
      type Query { reviews(filter: ReviewFilter = { stars: [5] }): [Review!]! }
      type Review @key(fields: "id") { id: ID! product: Product }
      type Product @key(fields: "id", resolvable: false) { id: ID! }
      input ReviewFilter { "At least one." stars: [Int!] = [1, 2] text: String not: ReviewFilter }`,
  }),
  'interface objects': subgraphs({
    media: `${link('"@key", "@interfaceObject"', '2.3')}
      type Query { media: [Media!]! }
      interface Media @key(fields: "id") { id: ID! title: String }
      type Book implements Media @key(fields: "id") { id: ID! title: String pages: Int }
      type Film implements Media @key(fields: "id") { id: ID! title: String }`,
    ratings: `${link('"@key", "@interfaceObject"', '2.3')}
      type Media @key(fields: "id") @interfaceObject { id: ID! stars: Int comments(first: Int): [String!] }`,
  }),
  'fields that moved, at once and by degrees': subgraphs({
    old: `${link('"@key"')}
      type Query { a: A } type A @key(fields: "id") { id: ID! moved: Int moving: Int stays: Int }`,
    next: `${link('"@key", "@override"')}
      type A @key(fields: "id") { id: ID! moved: Int @override(from: "old") moving: Int @override(from: "old", label: "percent(20)") }`,
  }),
  'contexts, and what is provided': subgraphs({
    users: `${link('"@key", "@context", "@fromContext"')}
      type Query { user: User }
      type User @key(fields: "id") @context(name: "who") { id: ID! locale: String! notes: [Note!]! }
      type Note @key(fields: "id") { id: ID! text(in: String @fromContext(field: "$who { locale }"), length: Int): String }`,
    feed: `${link('"@key", "@external", "@provides", "@shareable"')}
      type Query { first: Post @provides(fields: "likes") }
      type Post @key(fields: "id") { id: ID! likes: Int @external }`,
    likes: `${link('"@key", "@shareable"')} type Post @key(fields: "id") { id: ID! likes: Int @shareable }`,
  }),
  'unions, enums and inputs of several': subgraphs({
    one: `${link('"@shareable", "@inaccessible"')}
      type Query { find(in: Where, order: Order): Found }
      union Found = A | B
      type A @shareable { x: Int } type B { x: Int }
      enum Order { UP DOWN }
      input Where { a: Int b: Int @deprecated(reason: "none") }
      scalar Time @specifiedBy(url: "https://time.example")`,
    two: `${link('"@shareable"')}
      type Query { other(in: Where, order: Order): Found at: Time }
      union Found = A | C
      type A @shareable { x: Int } type C { x: Int }
      enum Order { UP DOWN }
      input Where { a: Int }
      scalar Time`,
  }),
  'what is tagged and what is hidden': subgraphs({
    one: `${link('"@tag", "@inaccessible", "@key"')}
      type Query { open: Open @tag(name: "public") @tag(name: "free") hidden: Hidden @inaccessible node: Node }
      type Open implements Node @tag(name: "public") { id: ID! secret: Int @inaccessible seen(key: String @inaccessible, by: Int): Int }
      interface Node { id: ID! }
      type Hidden implements Node @inaccessible { id: ID! }
      union Any = Open | Hidden
      type Uses { any: Any e: E }
      enum E { SEEN HIDDEN @inaccessible }
      input In { seen: Int hidden: Int @inaccessible }
      type Mutation { put(in: In): Uses }`,
  }),
  'specifications under other names': subgraphs({
    one: `extend schema
        @link(url: "https://specs.apollo.dev/federation/v2.5", import: ["@key", { name: "@tag", as: "@label" }, { name: "@inaccessible", as: "@hide" }])
      directive @tag on FIELD_DEFINITION
      type Query { a: A @label(name: "public") b: Int @hide c: Int @tag }
      type A @key(fields: "id") { id: ID! }
      type Subscription { a: A }`,
  }),
  access: subgraphs({
    one: `${link('"@authenticated", "@requiresScopes"', '2.5')}
      type Query { a: Int @authenticated b: Int @requiresScopes(scopes: [["x"]]) }`,
  }),
}

/** Composes a case, or takes this repository's own supergraph. */
export function composed(name: string): Pick<Composed, 'supergraphSdl' | 'apiSchemaSdl'> {
  const found = cases[name]
  if (!found) {
    const read = (file: string) => readFileSync(join(import.meta.dirname, '../../../schema', file), 'utf8')
    return { supergraphSdl: read('supergraph.graphql'), apiSchemaSdl: read('api.graphql') }
  }
  const result = compose(found)
  if (result.errors) throw new Error(JSON.stringify(result.errors, undefined, 2))
  return result
}
