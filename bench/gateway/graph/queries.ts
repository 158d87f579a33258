import { createHash } from 'node:crypto'

const tiny = '{ me { name } }'
const hop = '{ topProducts(first: 9) { upc name price weight inStock shippingEstimate } }'
const big = `
fragment Person on User { id username name }
fragment Opinion on Review { id body }
fragment Good on Product { inStock name price shippingEstimate upc weight }
query Everything {
  users {
    ...Person
    reviews {
      ...Opinion
      product {
        ...Good
        reviews { ...Opinion author { ...Person reviews { ...Opinion product { ...Good } } } }
      }
    }
  }
  topProducts(first: 5) {
    ...Good
    reviews { ...Opinion author { ...Person reviews { ...Opinion product { ...Good } } } }
  }
}`

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')
const persisted = { version: 1, sha256Hash: sha256(hop) }

/** What is asked of the gateways. */
export interface Query {
  readonly title: string
  /** The body of the request. */
  readonly body: string
  /** Sent once before, so that the hash is known; where documents are known beforehand it does no harm. */
  readonly registration?: string
}

/** The queries, by the names that the options take. */
export const queries = {
  q1: { title: 'Q1: one tiny fetch', body: JSON.stringify({ query: tiny }) },
  q2: { title: 'Q2: two fetches, an entity hop with @requires', body: JSON.stringify({ query: hop }) },
  q3: { title: 'Q3: the big one, entities below entities', body: JSON.stringify({ query: big }) },
  q4: {
    title: 'Q4: Q2 by its hash',
    body: JSON.stringify({ extensions: { persistedQuery: persisted } }),
    registration: JSON.stringify({ query: hop, extensions: { persistedQuery: persisted } }),
  },
} as const satisfies Readonly<Record<string, Query>>

/** Name of a query. */
export type QueryName = keyof typeof queries

/** All of them, in the order of the tables. */
export const queryNames = Object.keys(queries) as QueryName[]

/** The documents that a gateway may know beforehand, by their hash. */
export const documents: Readonly<Record<string, string>> = { [persisted.sha256Hash]: hop }
