import { products, reviews, users } from './data.ts'

/** A subgraph: its schema, and what answers it. */
export interface Subgraph {
  readonly typeDefs: string
  /** Types that other subgraphs reach by a key. */
  readonly entities: readonly string[]
  /** Answers root fields, by name. */
  readonly root: Readonly<Record<string, (args: never) => unknown>>
  /** What an entity's other fields are. */
  readonly find: (representation: Representation) => unknown
}

/** What a gateway sends of an entity. */
export interface Representation {
  readonly __typename: string
  readonly id?: string
  readonly upc?: string
  readonly price?: number | null
  readonly weight?: number | null
}

const typed = <Value extends object>(typeName: string, value: Value | undefined) =>
  value && { __typename: typeName, ...value }

const accounts: Subgraph = {
  typeDefs: `
    extend type Query { me: User user(id: ID!): User users: [User] }
    type User @key(fields: "id") { id: ID! name: String username: String @shareable birthday: Int }`,
  entities: ['User'],
  root: {
    me: () => users[0],
    user: ({ id }: { id: string }) => users.find((user) => user.id === id),
    users: () => users,
  },
  find: ({ id }) =>
    typed(
      'User',
      users.find((user) => user.id === id),
    ),
}

const FREE_FROM_PRICE = 1000

const inventory: Subgraph = {
  typeDefs: `
    type Product @key(fields: "upc") {
      upc: String!
      weight: Int @external
      price: Int @external
      inStock: Boolean
      shippingEstimate: Int @requires(fields: "price weight")
    }`,
  entities: ['Product'],
  root: {},
  find: ({ upc = '', price, weight }) => {
    const isKnown = typeof price === 'number' && typeof weight === 'number'
    const shippingEstimate = isKnown ? (price > FREE_FROM_PRICE ? 0 : Math.floor(weight / 2)) : null
    const inStock = products.find((product) => product.upc === upc)?.inStock
    return typed('Product', { upc, inStock, shippingEstimate })
  },
}

const catalogue: Subgraph = {
  typeDefs: `
    extend type Query { topProducts(first: Int = 5): [Product] }
    type Product @key(fields: "upc") { upc: String! name: String price: Int weight: Int }`,
  entities: ['Product'],
  root: { topProducts: ({ first }: { first: number }) => products.slice(0, first) },
  find: ({ upc }) =>
    typed(
      'Product',
      products.find((product) => product.upc === upc),
    ),
}

const reviewed = (index: number): unknown => {
  const review = reviews[index]
  if (!review) return undefined
  const product = () => ratedProduct(review.upc)
  // Every review is of the first user, and everybody wrote the first two.
  return typed('Review', { id: review.id, body: review.body, product, author: () => author('1') })
}
const ratedProduct = (upc: string) =>
  typed('Product', {
    upc,
    reviews: () => reviews.flatMap((review, index) => (review.upc === upc ? [reviewed(index)] : [])),
  })
const author = (id: string) =>
  typed('User', { id, username: users[0]?.username, reviews: () => [reviewed(0), reviewed(1)] })

const opinions: Subgraph = {
  typeDefs: `
    type Review @key(fields: "id") {
      id: ID!
      body: String
      product: Product
      author: User @provides(fields: "username")
    }
    type User @key(fields: "id") { id: ID! username: String @external reviews: [Review] }
    type Product @key(fields: "upc") { upc: String! reviews: [Review] }`,
  entities: ['Review', 'User', 'Product'],
  root: {},
  find: ({ __typename, id = '', upc = '' }) => {
    if (__typename === 'Product') return ratedProduct(upc)
    if (__typename === 'User') return author(id)
    return reviewed(reviews.findIndex((review) => review.id === id))
  },
}

/** The four subgraphs of the public federation benchmark, in its shape; names, words and code are our own. */
export const subgraphs: Readonly<Record<string, Subgraph>> = {
  accounts,
  inventory,
  products: catalogue,
  reviews: opinions,
}
