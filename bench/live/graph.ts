import { composeServices } from '@apollo/composition'
import { parse } from 'graphql'

/** The subgraph without federation: what a server of one graph serves. */
const typeDefsWith = (shared: string, topic: string, access: string) => `
scalar DateTime
type Query {
  occupancy(eventId: ID!): EventOccupancy ${shared} ${access}
}
type Subscription {
  occupancyChanged(eventId: ID!, minIntervalMs: Int! = 0, afterSeq: Int): EventOccupancy ${shared} ${topic} ${access}
}
type EventOccupancy {
  event: Event! ${shared}
  seq: Int! ${shared}
  asOf: DateTime! ${shared}
  "When it was published: microseconds of the monotonic clock of the machine."
  publishedAt: Float! ${shared}
  admitted: Int! ${shared}
  inside: Int! ${shared}
  zones: [ZoneCount!]! ${shared}
  gates: [GateCount!]! ${shared}
}
type Event { id: ID! ${shared} name: String! ${shared} }
type ZoneCount { id: ID! ${shared} name: String! ${shared} inside: Int! ${shared} }
type GateCount { id: ID! ${shared} entries: Int! ${shared} }
`

const selection =
  'event { id name } seq asOf publishedAt admitted inside zones { id name inside } gates { id entries }'

const directives = `
extend schema
  @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@composeDirective", "@requiresScopes"])
  @link(url: "https://headcount.example/topic/v1.0", import: ["@topic", "@audience"])
  @composeDirective(name: "@topic")
  @composeDirective(name: "@audience")
directive @topic(name: String!, snapshot: String, guard: String, carries: String) on FIELD_DEFINITION
directive @audience(by: topic__Audience! = VIEWER) on FIELD_DEFINITION
enum topic__Audience { PUBLIC ORGANIZATION VIEWER }
`

/** Its SDL where nothing is federated. */
export const plainTypeDefs = typeDefsWith('', '', '')

/** What every subscriber asks for. */
export const subscriptionText = `subscription Live($eventId: ID!, $minIntervalMs: Int! = 0) { occupancyChanged(eventId: $eventId, minIntervalMs: $minIntervalMs) { ${selection} } }`

/** A plain query of the same graph. */
export const queryText = 'query Now($eventId: ID!) { occupancy(eventId: $eventId) { seq inside } }'

/** The scope that reading counts takes. */
export const scope = 'analytics:read'

function compose(url: string, typeDefs: string): string {
  const { supergraphSdl, errors } = composeServices([{ name: 'counts', url, typeDefs: parse(typeDefs) }])
  if (!supergraphSdl) throw new Error(errors?.map(({ message }) => message).join('\n'))
  return supergraphSdl
}

/** The supergraph as our gateway reads it: a topic that feeds the field, shared by an organization, rights. */
export function composeTopicGraph(url: string): string {
  const topic = `@topic(name: "event:{eventId}:occupancy", snapshot: "occupancy(eventId: $eventId)", carries: "${selection}")`
  const access = `@requiresScopes(scopes: [["${scope}"]])`
  return compose(url, directives + typeDefsWith('@audience(by: ORGANIZATION)', topic, access))
}

/** The supergraph for a gateway that knows none of these directives. */
export function composePlainGraph(url: string): string {
  return compose(
    url,
    `extend schema @link(url: "https://specs.apollo.dev/federation/v2.3")\n${plainTypeDefs}`,
  )
}
