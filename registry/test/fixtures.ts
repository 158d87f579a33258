import type { Subgraph } from '../src/subgraph.ts'

const federation = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@shareable", "@external", "@requires", "@provides", "@interfaceObject", "@composeDirective", "@inaccessible"])`

export const topicLink = `
extend schema @link(url: "https://headcount.example/topic/v1.0", import: ["@topic"]) @composeDirective(name: "@topic")`

export const audienceLink = `
extend schema @link(url: "https://headcount.example/topic/v1.0", import: ["@audience"]) @composeDirective(name: "@audience")`

export const audienceDefinition = `
directive @audience(by: topic__Audience! = VIEWER) on FIELD_DEFINITION
enum topic__Audience { PUBLIC ORGANIZATION VIEWER }`

export const topicDefinition = 'directive @topic(name: String!) on FIELD_DEFINITION'

/** A subgraph of a test; its own text starts on line 2. */
export function subgraph(name: string, sdl: string): Subgraph {
  return {
    name,
    url: `http://${name}.invalid/graphql`,
    sdl: `${federation}\n${sdl.trim()}\n`,
    file: `subgraphs/${name}/schema.graphql`,
  }
}

export const events = `
type Query {
  event(id: ID!, now: Boolean): Event
}
type Event @key(fields: "id") {
  id: ID!
  name: String!
  status: EventStatus!
}
enum EventStatus { DRAFT LIVE }
input EventFilter {
  status: EventStatus
}
type Mutation {
  findEvents(filter: EventFilter): [Event!]!
}
`

export const gates = `
type Event @key(fields: "id") {
  id: ID!
  inside: Int!
}
type Subscription {
  insideChanged(eventId: ID!): Int!
}
`
