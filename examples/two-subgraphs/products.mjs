// The subgraph that owns products.
import { createServer } from 'node:http'
import { buildSubgraphSchema } from '@apollo/subgraph'
import { parse } from 'graphql'
import { createYoga } from 'graphql-yoga'

const typeDefs = parse(`
  extend schema @link(url: "https://specs.apollo.dev/federation/v2.5", import: ["@key"])

  type Query {
    products: [Product!]!
  }

  type Product @key(fields: "id") {
    id: ID!
    name: String!
    priceCents: Int!
  }
`)

const products = [
  { id: 'p1', name: 'Lantern', priceCents: 2450 },
  { id: 'p2', name: 'Rope', priceCents: 990 },
]

const resolvers = {
  Query: { products: () => products },
  Product: { __resolveReference: ({ id }) => products.find((product) => product.id === id) },
}

const port = Number(process.env.PORT ?? 4001)
const yoga = createYoga({ schema: buildSubgraphSchema([{ typeDefs, resolvers }]) })
createServer({ keepAliveTimeout: 65_000 }, yoga).listen(port, '127.0.0.1')
