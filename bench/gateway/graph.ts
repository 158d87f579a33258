import { composeServices } from '@apollo/composition'
import { parse } from 'graphql'

const federation =
  'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@external", "@requires"])'

const typeDefs: Readonly<Record<string, string>> = {
  people: 'type Query { me: Person } type Person { name: String! }',
  programme: `
    type Query { stages: [Stage!]! acts: [Act!]! }
    type Stage @key(fields: "id") { id: ID! name: String! capacity: Int! }
    type Act { id: ID! title: String! summary: String! startsAt: String! tags: [String!]! place: Place! }
    type Place { name: String! row: Int }`,
  counts: `
    type Stage @key(fields: "id") {
      id: ID!
      capacity: Int! @external
      inside: Int!
      load: Float! @requires(fields: "capacity")
    }`,
}

/** The names of the subgraphs. */
export const subgraphNames = Object.keys(typeDefs)

/** What is asked, by name. */
export const queries = {
  'one tiny fetch': '{ me { name } }',
  'two fetches, an entity hop': '{ stages { name capacity inside load } }',
  'one answer of 20 KB': '{ acts { id title summary startsAt tags place { name row } } }',
} as const

/** Name of a query. */
export type QueryName = keyof typeof queries

/** The composed graph, its subgraphs at this address. */
export function composeGraph(address: string): string {
  const services = Object.entries(typeDefs).map(([name, sdl]) => ({
    name,
    url: `${address}/${name}`,
    typeDefs: parse(`${federation}\n${sdl}`),
  }))
  const { supergraphSdl, errors } = composeServices(services)
  if (!supergraphSdl) throw new Error(errors?.map(({ message }) => message).join('\n'))
  return supergraphSdl
}
