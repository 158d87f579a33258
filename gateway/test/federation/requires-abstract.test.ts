import { describe } from 'vitest'
import { findBy, part, testCases } from './ask.ts'

describe('a field that requires fields of an interface', () => {
  const events = [
    { id: 'e1', place: { __typename: 'Hall', id: 'h1', city: 'Graz', rooms: 3 } },
    { id: 'e2', place: { __typename: 'Field', id: 'f1', city: 'Linz', acres: 12 } },
    { id: 'e3', place: { __typename: 'Boat', id: 'b1', city: 'Wien', knots: 9 } },
    { id: 'e4', place: null },
  ]
  type Sent = { place: Record<string, unknown> | null }
  const types = `interface Place { id: ID! }
    type Hall implements Place @key(fields: "id") { id: ID!  city: String @shareable  rooms: Int @shareable }
    type Field implements Place @key(fields: "id") { id: ID!  city: String @shareable  acres: Int @shareable }`
  const parts = [
    part(
      'events',
      `type Query { events: [Event!]! }
      type Event @key(fields: "id") { id: ID!  place: Place @shareable }
      type Boat implements Place @key(fields: "id") { id: ID!  city: String  knots: Int }
      ${types}`,
      { Query: { events: () => events } },
    ),
    part(
      'travel',
      `type Event @key(fields: "id") {
        id: ID!
        place: Place @external
        address: String @requires(fields: "place { id }")
        rooms: Int @requires(fields: "place { ... on Hall { rooms } }")
        size: String @requires(fields: "place { id ... on Hall { rooms } ... on Field { acres } }")
      }
      ${types}`,
      {
        Event: {
          address: ({ place }: Sent) => place && `Place ${place['id']}`,
          rooms: ({ place }: Sent) => place?.['rooms'] ?? null,
          size: ({ place }: Sent) => place && `${place['rooms'] ?? place['acres'] ?? 'unknown'}`,
        },
      },
    ),
  ]
  testCases({ parts }, [
    {
      that: 'is sent them of every type, of one too that its own subgraph does not know',
      query: '{ events { address } }',
      data: {
        events: [
          { address: 'Place h1' },
          { address: 'Place f1' },
          { address: 'Place b1' },
          { address: null },
        ],
      },
      asked: { events: 1, travel: 1 },
    },
    {
      that: 'is sent a field of one of the types where the object is of it',
      query: '{ events { rooms } }',
      data: { events: [{ rooms: 3 }, { rooms: null }, { rooms: null }, { rooms: null }] },
      asked: { events: 1, travel: 1 },
    },
    {
      that: 'is sent fields of several types beside those that all have',
      query: '{ events { size place { __typename ... on Hall { city } } } }',
      data: {
        events: [
          { size: '3', place: { __typename: 'Hall', city: 'Graz' } },
          { size: '12', place: { __typename: 'Field' } },
          { size: 'unknown', place: { __typename: 'Boat' } },
          { size: null, place: null },
        ],
      },
      asked: { events: 1, travel: 1 },
    },
  ])
})

describe('a field that requires nested fragments on interfaces', () => {
  const rigs = [
    { id: 's1', gear: { __typename: 'Amp', name: 'Orange', watts: 100, valves: 4 } },
    { id: 's2', gear: { __typename: 'Lamp', name: 'Par', watts: 60, colour: 'red' } },
    { id: 's3', gear: { __typename: 'Stand', name: 'Tripod' } },
  ]
  const types = `interface Gear { name: String! }
    interface Powered implements Gear { name: String!  watts: Int! }
    type Lamp implements Gear & Powered @shareable { name: String!  watts: Int!  colour: String! }
    type Stand implements Gear @shareable { name: String! }`
  const amp = 'type Amp implements Gear & Powered @shareable'
  const ampFields = '{ name: String!  watts: Int!  valves: Int! }'
  const parts = [
    part(
      'stages',
      `type Query { stages: [Stage!]! }
      type Stage @key(fields: "id") { id: ID!  gear: Gear }
      ${types} ${amp} ${ampFields}`,
      { Query: { stages: () => rigs } },
    ),
    part(
      'labels',
      `type Stage @key(fields: "id") {
        id: ID!
        gear: Gear @external
        label: String! @requires(fields: """
          gear { name ... on Powered { watts ... on Amp { valves } ... on Lamp { colour } } }
        """)
        name: String! @requires(fields: "gear { ... on Gear { name } }")
      }
      ${types} ${amp} @inaccessible ${ampFields}`,
      {
        Stage: {
          label: ({ gear }: { gear: Record<string, unknown> }) =>
            ['name', 'watts', 'valves', 'colour']
              .filter((field) => field in gear)
              .map((field) => gear[field])
              .join(' '),
          name: ({ gear }: { gear: { name: string } }) => gear.name,
        },
      },
    ),
  ]
  testCases({ parts }, [
    {
      that: 'is sent what each object has, of types too that no client may see',
      query: '{ stages { label } }',
      data: { stages: [{ label: 'Orange 100 4' }, { label: 'Par 60 red' }, { label: 'Tripod' }] },
      asked: { stages: 1, labels: 1 },
    },
    {
      that: 'is sent them from a fragment that changes nothing',
      query: '{ stages { id name } }',
      data: {
        stages: [
          { id: 's1', name: 'Orange' },
          { id: 's2', name: 'Par' },
          { id: 's3', name: 'Tripod' },
        ],
      },
      asked: { stages: 1, labels: 1 },
    },
  ])
})

describe('a type’s own field that requires another of the same interface', () => {
  const seats = [
    { __typename: 'Chair', id: 'c1', price: 30 },
    { __typename: 'Bench', id: 'b1', price: 12 },
  ]
  const parts = [
    part(
      'seats',
      `type Query { seats: [Seat!]! }
      interface Seat { id: ID! }
      type Chair implements Seat @key(fields: "id") { id: ID!  price: Int! }
      type Bench implements Seat @key(fields: "id") { id: ID!  price: Int! }`,
      {
        Query: { seats: () => seats },
        Chair: { __resolveReference: findBy(seats, 'id') },
        Bench: { __resolveReference: findBy(seats, 'id') },
      },
    ),
    part(
      'taxes',
      `interface Seat { tax: Int! }
      type Chair implements Seat @key(fields: "id") {
        id: ID!  price: Int! @external  tax: Int! @requires(fields: "price")
      }
      type Bench implements Seat @key(fields: "id") { id: ID!  tax: Int! }`,
      { Chair: { tax: ({ price }: { price: number }) => price / 10 }, Bench: { tax: () => 1 } },
    ),
  ]
  testCases({ parts }, [
    {
      that: 'is sent it, and the other types are asked without it, in one fetch',
      query: '{ seats { tax } }',
      data: { seats: [{ tax: 3 }, { tax: 1 }] },
      asked: { seats: 1, taxes: 1 },
    },
    {
      that: 'is asked for on its type alone',
      query: '{ seats { id ... on Chair { tax } } }',
      data: { seats: [{ id: 'c1', tax: 3 }, { id: 'b1' }] },
      asked: { seats: 1, taxes: 1 },
    },
  ])
})
