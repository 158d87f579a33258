import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { buildSchema, graphql } from 'graphql'

/** More rounds than are published: each has a field of its own, which answers from the beginning. */
const ROUNDS = 100

const LINK =
  'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@external"])'

/** The field that only the graph of a round has. */
export const fieldOf = (round: number) => `round${round}`

/** The schema of the subgraph `rooms` in a round. */
export const roomsOf = (round: number) => `${LINK}
type Query {
  rooms: [Room!]!
  ${fieldOf(round)}: Int!
}
type Room @key(fields: "id") {
  id: ID!
  name: String!
}
`

/** The schema of the subgraph `seats`. */
export const seats = `${LINK}
type Room @key(fields: "id") {
  id: ID!
  seats: Int!
}
`

/** Ways to break the graph of a round, each with its field. */
export const breaks: readonly ((round: number) => string)[] = [
  // Both subgraphs answer a field that is not said to be shared.
  (round) => roomsOf(round).replace('name: String!', 'name: String!\n  seats: Int!'),
  // A type that nobody has.
  (round) => roomsOf(round).replace('name: String!', 'name: Strin!'),
  // No GraphQL.
  (round) => roomsOf(round).replace(/}\s*$/, ''),
  // A key of a field that is not there.
  (round) => roomsOf(round).replace('fields: "id"', 'fields: "nothing"'),
  // The others' fields of the type get out of reach.
  (round) => roomsOf(round).replace(' @key(fields: "id")', ''),
]

/** What a client asks all the time: it needs both subgraphs, and every graph has it. */
export const asked = '{ rooms { id name seats } }'
/** What it must be answered. */
export const expected = '{"data":{"rooms":[{"id":"1","name":"Hall","seats":120}]}}'

const room = { __typename: 'Room', id: '1', name: 'Hall', seats: 120 }
const fields = Array.from({ length: ROUNDS }, (_, round) => fieldOf(round))
const schema = buildSchema(`
scalar _Any
union _Entity = Room
type Query { rooms: [Room!]! ${fields.map((field) => `${field}: Int!`).join(' ')} _entities(representations: [_Any!]!): [_Entity]! }
type Room { id: ID! name: String! seats: Int! }
`)
const rootValue = {
  ...Object.fromEntries(fields.map((field, round) => [field, round])),
  rooms: [room],
  _entities: ({ representations }: { representations: readonly unknown[] }) =>
    representations.map(() => room),
}

/** Subgraphs that listen. */
export interface Subgraphs {
  readonly url: string
  close(): void
}

/** Starts both in this process, at one address. */
export async function startSubgraphs(): Promise<Subgraphs> {
  const server = createServer(async (request, response) => {
    const { query, variables } = JSON.parse(await text(request))
    const answer = await graphql({ schema, source: query, rootValue, variableValues: variables })
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer))
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`,
    close() {
      server.close()
      server.closeAllConnections()
    },
  }
}
