// The subgraph that adds reviews to products, and answers in the client's language.
import { createServer } from 'node:http'
import { buildSubgraphSchema } from '@apollo/subgraph'
import { parse } from 'graphql'
import { createYoga } from 'graphql-yoga'

const typeDefs = parse(`
  extend schema @link(url: "https://specs.apollo.dev/federation/v2.5", import: ["@key"])

  type Product @key(fields: "id") {
    id: ID!
    reviews: [Review!]!
  }

  type Review {
    stars: Int!
    text: String!
  }
`)

const reviews = [
  { productId: 'p1', stars: 5, text: { en: 'Bright.', de: 'Hell.' } },
  { productId: 'p1', stars: 3, text: { en: 'Heavy.', de: 'Schwer.' } },
  { productId: 'p2', stars: 4, text: { en: 'Holds.', de: 'Hält.' } },
]

const resolvers = {
  Product: {
    __resolveReference: ({ id }) => ({ id }),
    reviews: ({ id }) => reviews.filter((review) => review.productId === id),
  },
  Review: {
    text: ({ text }, _args, { request }) =>
      request.headers.get('accept-language')?.startsWith('de') ? text.de : text.en,
  },
}

const port = Number(process.env.PORT ?? 4002)
const yoga = createYoga({ schema: buildSubgraphSchema([{ typeDefs, resolvers }]) })
createServer({ keepAliveTimeout: 65_000 }, yoga).listen(port, '127.0.0.1')
