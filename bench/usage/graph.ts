import { buildSchema, graphqlSync } from 'graphql'
import type { SubgraphRequest } from '../gateway/graph/answer.ts'
import type { MixedRequest } from '../load/http-load.ts'

/** The graph: one small subgraph, so that a request costs little beside what counting it costs. */
export const typeDefs = `
  type Query { events(filter: Filter, order: Order = ASC, first: Int = 3): [Event!]! event(id: ID!): Event }
  type Event { id: ID! name: String! slug: String! venue: String! capacity: Int! status: Status! startsAt: String! }
  input Filter { text: String, status: [Status!], capacity: Range, any: [Filter!] }
  input Range { least: Int, most: Int }
  enum Status { DRAFT PUBLISHED LIVE ENDED }
  enum Order { ASC DESC }`

const schema = buildSchema(typeDefs)
const event = (id: string) => ({
  id,
  name: `Event ${id}`,
  slug: `event-${id}`,
  venue: 'Great Hall',
  capacity: 1200,
  status: 'LIVE',
  startsAt: '2026-11-30T18:00:00Z',
})
const rootValue = {
  event: ({ id }: { id: string }) => event(id),
  events: ({ first }: { first: number }) => Array.from({ length: first }, (_, index) => event(String(index))),
}

/** What the subgraph answers, as text. */
export function answerEvents({ query, variables }: SubgraphRequest): string {
  return JSON.stringify(graphqlSync({ schema, rootValue, source: query, variableValues: variables ?? {} }))
}

/** A client as it names itself. */
export interface AskingClient {
  readonly name: string
  readonly version: string
}

/** Ten clients, in two versions each. */
export const clients: readonly AskingClient[] = Array.from({ length: 20 }, (_, index) => ({
  name: `app-${Math.floor(index / 2)}`,
  version: `1.${index % 2}`,
}))

const fields = ['name', 'slug', 'venue', 'capacity', 'status', 'startsAt']
const filters = [
  { text: 'hall', status: ['LIVE', 'PUBLISHED'] },
  { capacity: { least: 100, most: 5000 }, any: [{ text: 'a' }, { status: ['DRAFT'] }] },
]

/** Thirty operations, by turns with a literal, with a scalar variable, and with an input. */
export const bodies: readonly string[] = Array.from({ length: 30 }, (_, index) => {
  const selected = `id ${fields.slice(0, 1 + (index % fields.length)).join(' ')}`
  switch (index % 3) {
    case 0:
      return JSON.stringify({ query: `query Literal${index} { event(id: "${index}") { ${selected} } }` })
    case 1:
      return JSON.stringify({
        query: `query Scalar${index}($id: ID!) { event(id: $id) { ${selected} } }`,
        variables: { id: String(index) },
      })
    default:
      return JSON.stringify({
        query: `query Input${index}($filter: Filter, $order: Order) { events(filter: $filter, order: $order) { ${selected} } }`,
        variables: { filter: filters[index % filters.length], order: index % 2 === 0 ? 'ASC' : 'DESC' },
      })
  }
})

/** Coprime to their number, so that all pairs come and neighbours differ in both. */
const STEP = 7_919

const pairs = bodies.flatMap((body) => clients.map((client) => ({ body, client })))

/** Each operation by each client. */
export const mix: readonly MixedRequest[] = pairs.flatMap((_, index) => {
  const pair = pairs[(index * STEP) % pairs.length]
  if (!pair) return []
  const { name, version } = pair.client
  const headers = { 'apollographql-client-name': name, 'apollographql-client-version': version }
  return [{ body: pair.body, headers }]
})
