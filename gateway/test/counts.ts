import { type Context, subgraph } from './support.ts'

/** A count that a test moves, and a name from another subgraph beside it. */
export function countsGraph() {
  const state = { seq: 1, inside: 10, asOf: '2026-11-22T18:00:00.000Z', reads: 0, isDown: false, delayMs: 0 }
  const counts = subgraph(
    'counts',
    `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@requiresScopes", "@composeDirective"])
    extend schema @link(url: "https://headcount.example/topic/v1.0", import: ["@topic"]) @composeDirective(name: "@topic")
    directive @topic(name: String!, snapshot: String, guard: String, carries: String) on FIELD_DEFINITION
    type Query { occupancy(eventId: ID!): Occupancy @requiresScopes(scopes: [["count:read"]]) }
    type Subscription {
      occupancyChanged(eventId: ID!, minIntervalMs: Int! = 50, afterSeq: Int): Occupancy
        @requiresScopes(scopes: [["count:read"]])
        @topic(name: "event:{eventId}:occupancy", snapshot: "occupancy(eventId: $eventId)", carries: "seq asOf inside reset zones { name inside }")
      unfed: Int
    }
    type Occupancy { event: Event  seq: Int!  asOf: String!  inside: Int!  reset: Boolean!  takings: Int @requiresScopes(scopes: [["money:read"]])  zones: [Zone!]! }
    type Zone { name: String!  inside: Int! }
    type Event @key(fields: "id", resolvable: false) { id: ID! }
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
            zones: zones(inside),
          }
        },
      },
    },
  )
  const events = subgraph(
    'events',
    `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])
    type Query { event(id: ID!): Event }
    type Event @key(fields: "id") { id: ID!  name: String! }
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
