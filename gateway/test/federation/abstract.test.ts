import { describe } from 'vitest'
import { findBy, part, testCases } from './ask.ts'

const places = [
  { __typename: 'Hall', id: 'h1', name: 'Opera', seats: 900, city: { name: 'Graz' } },
  { __typename: 'Field', id: 'f1', name: 'Meadow', acres: 12, city: { name: 'Linz' } },
  { __typename: 'Boat', id: 'b1', name: 'Aurora', knots: 9, city: null },
]
const fares = [
  { id: 'h1', fare: 20, until: 'late' },
  { id: 'f1', fare: 8, until: 'dusk' },
  { id: 'b1', fare: 34, until: 'dawn' },
]

describe('interfaces', () => {
  const parts = [
    part(
      'places',
      `type Query { places: [Place!]!  near(id: ID!): [Place!]!  anything: [Anything]! }
      interface Place { id: ID!  name: String! }
      interface Land implements Place { id: ID!  name: String!  city: City }
      union Anything = Hall | Field | Boat | City
      type Hall implements Place & Land @key(fields: "id") { id: ID!  name: String!  city: City  seats: Int! }
      type Field implements Place & Land @key(fields: "id") { id: ID!  name: String!  city: City  acres: Int! }
      type Boat implements Place @key(fields: "id") { id: ID!  name: String!  knots: Int! }
      type City { name: String! }`,
      {
        Query: {
          places: () => places,
          near: (_: unknown, { id }: { id: string }) => places.filter((place) => place.id !== id),
          anything: () => [places[2], { __typename: 'City', name: 'Wien' }, null, places[0]],
        },
        Boat: { __resolveReference: findBy(places, 'id') },
      },
    ),
    part(
      'fares',
      `interface Place { id: ID!  fare(child: Boolean): Int! }
      interface Land implements Place { id: ID!  fare(child: Boolean): Int! }
      type Hall implements Place & Land @key(fields: "id") { id: ID!  fare(child: Boolean): Int!  until: String }
      type Field implements Place & Land @key(fields: "id") { id: ID!  fare(child: Boolean): Int!  until: String }
      type Boat implements Place @key(fields: "id") { id: ID!  fare(child: Boolean): Int!  until: String }`,
      Object.fromEntries(
        ['Hall', 'Field', 'Boat'].map((name) => [
          name,
          {
            __resolveReference: findBy(fares, 'id'),
            fare: ({ fare }: { fare: number }, { child }: { child?: boolean }) => (child ? fare / 2 : fare),
          },
        ]),
      ),
    ),
  ]
  testCases({ parts }, [
    {
      that: 'have fields that another subgraph has for each type, in one fetch for all types',
      query: '{ places { name fare } }',
      data: {
        places: [
          { name: 'Opera', fare: 20 },
          { name: 'Meadow', fare: 8 },
          { name: 'Aurora', fare: 34 },
        ],
      },
      asked: { places: 1, fares: 1 },
    },
    {
      that: 'are narrowed to types, in the subgraph and in the next',
      query: '{ places { ... on Hall { seats } ... on Field { acres until } ... on Boat { knots fare } } }',
      data: { places: [{ seats: 900 }, { acres: 12, until: 'dusk' }, { knots: 9, fare: 34 }] },
      asked: { places: 1, fares: 1 },
    },
    {
      that: 'are narrowed to other interfaces',
      query: '{ places { id ... on Land { city { name } fare } } }',
      data: {
        places: [
          { id: 'h1', city: { name: 'Graz' }, fare: 20 },
          { id: 'f1', city: { name: 'Linz' }, fare: 8 },
          { id: 'b1' },
        ],
      },
      asked: { places: 1, fares: 1 },
    },
    {
      that: 'take named fragments within fragments',
      query: `{ near(id: "f1") { ...A } }
      fragment A on Place { ...B ... on Hall { ...C } }
      fragment B on Place { id ... on Boat { until } }
      fragment C on Hall { seats city { name } }`,
      data: {
        near: [
          { id: 'h1', seats: 900, city: { name: 'Graz' } },
          { id: 'b1', until: 'dawn' },
        ],
      },
      asked: { places: 1, fares: 1 },
    },
    {
      that: 'give each type its own field under one alias, with its own arguments',
      query: `{ places {
        ... on Hall { much: fare(child: true) }
        ... on Field { much: fare }
        ... on Boat { much: knots }
      } }`,
      data: { places: [{ much: 10 }, { much: 8 }, { much: 9 }] },
    },
    {
      that: 'give one field with several arguments under several aliases',
      query: '{ places { adult: fare child: fare(child: true) } }',
      data: {
        places: [
          { adult: 20, child: 10 },
          { adult: 8, child: 4 },
          { adult: 34, child: 17 },
        ],
      },
      asked: { places: 1, fares: 1 },
    },
    {
      that: 'hold empty objects where no fragment fits',
      query: '{ places { ... on Boat { id } } }',
      data: { places: [{}, {}, { id: 'b1' }] },
      asked: { places: 1 },
    },
    {
      that: 'are members of unions, with types that are not',
      query: '{ anything { __typename ... on Place { id fare } ... on City { name } } }',
      data: {
        anything: [
          { __typename: 'Boat', id: 'b1', fare: 34 },
          { __typename: 'City', name: 'Wien' },
          null,
          { __typename: 'Hall', id: 'h1', fare: 20 },
        ],
      },
      asked: { places: 1, fares: 1 },
    },
  ])
})

describe('a node by its id', () => {
  const acts = [{ __typename: 'Act', id: 'a1', name: 'The Lanterns' }]
  const events = [{ __typename: 'Event', id: 'e1', title: 'Opening' }]
  const parts = [
    part(
      'acts',
      `type Query { act(id: ID!): Node  acts: [Act!]! }
      interface Node { id: ID! }
      type Act implements Node @key(fields: "id") { id: ID!  name: String! }
      type Event implements Node @key(fields: "id") { id: ID! }`,
      {
        Query: {
          act: (_: unknown, { id }: { id: string }) => ({ __typename: id[0] === 'a' ? 'Act' : 'Event', id }),
          acts: () => acts,
        },
        Act: { __resolveReference: findBy(acts, 'id'), name: () => 'The Lanterns' },
      },
    ),
    part(
      'events',
      `type Query { node(id: ID!): Node }
      interface Node { id: ID! }
      type Act implements Node @key(fields: "id", resolvable: false) { id: ID! }
      type Event implements Node @key(fields: "id") { id: ID!  title: String! }`,
      {
        Query: {
          node: (_: unknown, { id }: { id: string }) => ({ __typename: id[0] === 'a' ? 'Act' : 'Event', id }),
        },
        Event: { __resolveReference: findBy(events, 'id'), title: () => 'Opening' },
      },
    ),
  ]
  testCases({ parts }, [
    {
      that: 'is completed by the subgraph of its type',
      query:
        '{ one: node(id: "a1") { id ... on Act { name } } two: act(id: "e1") { ... on Event { title } } }',
      data: { one: { id: 'a1', name: 'The Lanterns' }, two: { title: 'Opening' } },
      asked: { acts: 2, events: 2 },
    },
    {
      that: 'is not asked for further where it is of another type',
      query: '{ node(id: "e1") { __typename ... on Act { name } } }',
      data: { node: { __typename: 'Event' } },
      asked: { events: 1 },
    },
  ])
})

describe('the name of a type', () => {
  const parts = [
    part(
      'halls',
      'type Query { hall: Hall  none: Hall }\n type Mutation { open: Hall }\n type Hall @key(fields: "id") { id: ID!  door: Door! }\n type Door { id: ID! }',
      {
        Query: { hall: () => ({ id: 'h1', door: { id: 'd1' } }) },
        Mutation: { open: () => ({ id: 'h1', door: { id: 'd1' } }) },
      },
    ),
    part('shows', 'type Hall @key(fields: "id") { id: ID!  next: Show }\n type Show { title: String! }', {
      Hall: { next: () => ({ title: 'Tosca' }) },
    }),
  ]
  testCases({ parts }, [
    {
      that: 'is told at the root without asking anybody',
      query: '{ __typename kind: __typename }',
      data: { __typename: 'Query', kind: 'Query' },
      asked: {},
    },
    {
      that: 'is told everywhere, under aliases too',
      query:
        '{ __typename hall { __typename kind: __typename door { __typename } next { what: __typename } } none { __typename } }',
      data: {
        __typename: 'Query',
        hall: { __typename: 'Hall', kind: 'Hall', door: { __typename: 'Door' }, next: { what: 'Show' } },
        none: null,
      },
      asked: { halls: 1, shows: 1 },
    },
    {
      that: 'is told at the root of a mutation, beside a field',
      query: 'mutation { __typename open { __typename } }',
      data: { __typename: 'Mutation', open: { __typename: 'Hall' } },
      asked: { halls: 1 },
    },
    {
      that: 'is not added where nobody asked for it',
      query: '{ hall { next { title } } }',
      data: { hall: { next: { title: 'Tosca' } } },
      asked: { halls: 1, shows: 1 },
    },
  ])
})
