import { type Context, subgraph } from './support.ts'

/** The directives that the gateway acts on, as a subgraph declares them. */
export const liveDirectives = `
  extend schema
    @link(url: "https://headcount.example/topic/v1.0", import: ["@topic", "@audience"])
    @composeDirective(name: "@topic")
    @composeDirective(name: "@audience")
  directive @topic(name: String!, snapshot: String, guard: String, carries: String, kind: TopicKind! = STATE) on FIELD_DEFINITION
  directive @audience(by: Audience! = VIEWER) on FIELD_DEFINITION
  enum TopicKind { STATE LOG }
  enum Audience { PUBLIC ORGANIZATION VIEWER }
`

/** A count that a test moves, and a name from another subgraph beside it. */
export function countsGraph() {
  const state = { seq: 1, inside: 10, asOf: '2026-11-22T18:00:00.000Z', reads: 0, isDown: false, delayMs: 0 }
  const counts = subgraph(
    'counts',
    `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@requiresScopes", "@composeDirective"])
    ${liveDirectives}
    type Query { occupancy(eventId: ID!): Occupancy @audience(by: ORGANIZATION) @requiresScopes(scopes: [["count:read"]]) }
    type Subscription {
      occupancyChanged(eventId: ID!, minIntervalMs: Int! = 50, afterSeq: Int): Occupancy
        @audience(by: ORGANIZATION)
        @requiresScopes(scopes: [["count:read"]])
        @topic(name: "event:{eventId}:occupancy", snapshot: "occupancy(eventId: $eventId)", carries: "seq asOf inside reset zones { name inside }")
      unfed: Int
    }
    type Occupancy {
      event: Event @audience(by: ORGANIZATION)
      seq: Int! @audience(by: ORGANIZATION)
      asOf: String! @audience(by: ORGANIZATION)
      inside: Int! @audience(by: ORGANIZATION)
      reset: Boolean! @audience(by: ORGANIZATION)
      takings: Int @audience(by: ORGANIZATION) @requiresScopes(scopes: [["money:read"]])
      zones: [Zone!]! @audience(by: ORGANIZATION)
      viewer: String
    }
    type Zone { name: String! @audience(by: ORGANIZATION)  inside: Int! @audience(by: ORGANIZATION) }
    type Event @key(fields: "id", resolvable: false) { id: ID! @audience(by: PUBLIC) }
    `,
    {
      Query: {
        occupancy: async (_: unknown, { eventId }: { eventId: string }, { viewer }: Context) => {
          state.reads += 1
          const { seq, inside, asOf } = state
          await new Promise((resolve) => setTimeout(resolve, state.delayMs))
          if (state.isDown) throw new Error('down')
          const isForeign = viewer?.organizationId !== 'org_1' && eventId !== 'e:2'
          if (isForeign || eventId === 'none') return null
          return {
            event: { id: eventId },
            seq,
            asOf,
            inside,
            reset: false,
            takings: 99,
            viewer: viewer?.id,
            zones: zones(inside),
          }
        },
      },
    },
  )
  const events = subgraph(
    'events',
    `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@composeDirective"])
    ${liveDirectives}
    type Query { event(id: ID!): Event }
    type Event @key(fields: "id") { id: ID! @audience(by: PUBLIC)  name: String! @audience(by: ORGANIZATION) }
    `,
    {
      Query: { event: (_: unknown, { id }: { id: string }) => ({ id, name: `Event ${id}` }) },
      Event: { __resolveReference: ({ id }: { id: string }) => ({ id, name: `Event ${id}` }) },
    },
  )
  return { state, all: [counts, events] }
}

function zones(inside: number) {
  return [{ name: 'Floor', inside }]
}

export const channel = 'org:org_1:event:e1:occupancy'

/** A message that holds the whole state. */
export function message(seq: number, inside: number) {
  const asOf = new Date(Date.UTC(2026, 10, 22, 18, 0, seq)).toISOString()
  return { seq, asOf, data: { inside, zones: zones(inside) } }
}
