import { describe } from 'vitest'
import { findBy, part, testCases } from './ask.ts'

const acts = [
  { id: 'a1', name: 'The Lanterns', eventIds: ['e1', 'e2'] },
  { id: 'a2', name: 'Night Bus', eventIds: ['e2'] },
]
const events = [
  { id: 'e1', title: 'Opening', headliner: { id: 'a1' } },
  { id: 'e2', title: 'Encore', headliner: { id: 'a2' } },
]

describe('entities that refer to each other in a circle', () => {
  const parts = [
    part(
      'events',
      `type Query { event(id: ID!): Event }
      type Event @key(fields: "id") { id: ID!  title: String!  headliner: Act! }
      type Act @key(fields: "id", resolvable: false) { id: ID! }`,
      {
        Query: { event: (_: unknown, { id }: { id: string }) => findBy(events, 'id')({ id }) },
        Event: { __resolveReference: findBy(events, 'id') },
      },
    ),
    part(
      'acts',
      `type Act @key(fields: "id") { id: ID!  name: String!  events: [Event!]!  support: Act }
      type Event @key(fields: "id", resolvable: false) { id: ID! }`,
      {
        Act: {
          __resolveReference: findBy(acts, 'id'),
          events: ({ eventIds }: { eventIds: string[] }) => eventIds.map((id) => ({ id })),
          support: ({ id }: { id: string }) => acts.find((act) => act.id !== id),
        },
      },
    ),
  ]
  testCases({ parts }, [
    {
      that: 'each step of the circle is one fetch for all entities at it',
      query: '{ event(id: "e1") { headliner { name events { title headliner { name } } } } }',
      data: {
        event: {
          headliner: {
            name: 'The Lanterns',
            events: [
              { title: 'Opening', headliner: { name: 'The Lanterns' } },
              { title: 'Encore', headliner: { name: 'Night Bus' } },
            ],
          },
        },
      },
      asked: { events: 2, acts: 2 },
    },
    {
      that: 'a circle within one subgraph needs no further fetch',
      query: '{ event(id: "e1") { headliner { support { support { support { name } } } } } }',
      data: { event: { headliner: { support: { support: { support: { name: 'Night Bus' } } } } } },
      asked: { events: 1, acts: 1 },
    },
    {
      that: 'a circle that ends at its key does not close',
      query: '{ event(id: "e2") { headliner { events { id headliner { id } } } } }',
      data: { event: { headliner: { events: [{ id: 'e2', headliner: { id: 'a2' } }] } } },
      asked: { events: 2, acts: 1 },
    },
  ])
})

describe('a circle through an interface', () => {
  const shows = [
    { __typename: 'Concert', id: 's1', price: 40, alike: 's2' },
    { __typename: 'Concert', id: 's2', price: 40, alike: 's1' },
  ]
  const show = (id: string) => {
    const row = shows.find((candidate) => candidate.id === id)
    return row && { ...row, similar: () => show(row.alike) }
  }
  const parts = [
    part(
      'shows',
      `type Query { show: Show }
      interface Show { similar: Show }
      type Concert implements Show @key(fields: "id") { id: ID!  similar: Show }`,
      { Query: { show: () => show('s1') } },
    ),
    part(
      'prices',
      'interface Show { id: ID! }\n type Concert implements Show @key(fields: "id") { id: ID!  price: Int! }',
      { Concert: { __resolveReference: findBy(shows, 'id') } },
    ),
  ]
  testCases({ parts }, [
    {
      that: 'the type is told at every level',
      query: '{ show { __typename similar { __typename ... on Show { similar { __typename } } } } }',
      data: {
        show: {
          __typename: 'Concert',
          similar: { __typename: 'Concert', similar: { __typename: 'Concert' } },
        },
      },
      asked: { shows: 1 },
    },
    {
      that: 'selections under the interface and under the type become one',
      query: `{ show { similar { ... on Concert { id } similar { ... on Concert { id } } }
        ... on Concert { id price similar { ... on Concert { price } } } } }`,
      data: { show: { similar: { id: 's2', similar: { id: 's1' }, price: 40 }, id: 's1', price: 40 } },
      asked: { shows: 1, prices: 2 },
    },
  ])
})

describe('an object without a key inside an entity', () => {
  const parts = [
    part(
      'events',
      `type Query { event: Event }
      type Event @key(fields: "id") { id: ID!  layout: Layout! @shareable }
      type Layout { rows: Int!  fence: Fence @shareable }
      type Fence { metres: Int! }`,
      { Query: { event: () => ({ id: 'e1', layout: { rows: 12, fence: { metres: 300 } } }) } },
    ),
    part(
      'safety',
      `type Event @key(fields: "id") { id: ID!  layout: Layout! @shareable }
      type Layout { exits: Int!  fence: Fence @shareable }
      type Fence { height: Int! }`,
      { Event: { __resolveReference: () => ({ id: 'e1', layout: { exits: 4, fence: { height: 2 } } }) } },
    ),
  ]
  testCases({ parts }, [
    {
      that: 'its fields in another subgraph are reached through the entity above it',
      query: '{ event { layout { rows exits } } }',
      data: { event: { layout: { rows: 12, exits: 4 } } },
      asked: { events: 1, safety: 1 },
    },
    {
      that: 'that holds over two levels, and the two halves become one object',
      query: '{ event { layout { rows fence { metres height } exits } } }',
      data: { event: { layout: { rows: 12, fence: { metres: 300, height: 2 }, exits: 4 } } },
      asked: { events: 1, safety: 1 },
    },
  ])
})

describe('entities in lists of lists', () => {
  const seats = [
    { id: 'A1', price: 90 },
    { id: 'B1', price: 50 },
    { id: 'B2', price: 45 },
  ]
  const notes: string[] = []
  const parts = [
    part(
      'plans',
      `type Query { rows: [[Seat!]!]!  gaps: [[Seat]] }
      type Seat @key(fields: "id") { id: ID! }`,
      {
        Query: {
          rows: () => [[{ id: 'A1' }], [], [{ id: 'B1' }, { id: 'B2' }, { id: 'A1' }]],
          gaps: () => [null, [null, { id: 'B2' }], [{ id: 'Z9' }, { id: 'A1' }]],
        },
      },
    ),
    part('prices', 'type Seat @key(fields: "id") { id: ID!  price: Int }', {
      Seat: {
        __resolveReference(seat: { id: string }) {
          notes.push(seat.id)
          return findBy(seats, 'id')(seat)
        },
      },
    }),
  ]
  testCases({ parts, notes }, [
    {
      that: 'each is put where it stands, in one fetch',
      query: '{ rows { price } }',
      data: { rows: [[{ price: 90 }], [], [{ price: 50 }, { price: 45 }, { price: 90 }]] },
      asked: { plans: 1, prices: 1 },
      noted: ['A1', 'B1', 'B2'],
    },
    {
      that: 'gaps stay gaps, and an entity that the other subgraph does not know has null fields',
      query: '{ gaps { id price } }',
      data: {
        gaps: [
          null,
          [null, { id: 'B2', price: 45 }],
          [
            { id: 'Z9', price: null },
            { id: 'A1', price: 90 },
          ],
        ],
      },
      asked: { plans: 1, prices: 1 },
      noted: ['A1', 'B2', 'Z9'],
    },
  ])
})

describe('a chain of keys that breaks', () => {
  const notes: string[] = []
  const parts = [
    part(
      'sales',
      `type Query { orders: [Order!]! }
      type Order { ticket: Ticket }
      type Ticket @key(fields: "code") { code: ID! }`,
      { Query: { orders: () => ['t1', 't2', 't3'].map((code) => ({ ticket: { code } })) } },
    ),
    part('codes', 'type Ticket @key(fields: "code") @key(fields: "id") { code: ID!  id: ID! }', {
      Ticket: {
        __resolveReference: ({ code }: { code: string }) =>
          code === 't2' ? null : { code, id: `id-${code}` },
      },
    }),
    part(
      'guests',
      'type Ticket @key(fields: "id") { id: ID!  guest: Guest  seat: String! }\n type Guest { name: String! }',
      {
        Ticket: {
          __resolveReference({ id }: { id: string | null }) {
            notes.push(String(id))
            if (id === null) throw new Error('asked without an id')
            return { id, guest: { name: `Guest of ${id}` }, seat: `Seat of ${id}` }
          },
        },
      },
    ),
  ]
  testCases({ parts, notes }, [
    {
      that: 'an entity that cannot be followed any further has null there, and is not asked for with a null key',
      query: '{ orders { ticket { code guest { name } } } }',
      data: {
        orders: [
          { ticket: { code: 't1', guest: { name: 'Guest of id-t1' } } },
          { ticket: { code: 't2', guest: null } },
          { ticket: { code: 't3', guest: { name: 'Guest of id-t3' } } },
        ],
      },
      asked: { sales: 1, codes: 1, guests: 1 },
      noted: ['id-t1', 'id-t3'],
    },
    {
      that: 'where a field may not be null, its object is, with an error that names the place',
      query: '{ orders { ticket { seat } } }',
      data: {
        orders: [
          { ticket: { seat: 'Seat of id-t1' } },
          { ticket: null },
          { ticket: { seat: 'Seat of id-t3' } },
        ],
      },
      errors: ['orders.1.ticket.seat'],
      noted: ['id-t1', 'id-t3'],
    },
  ])
})
