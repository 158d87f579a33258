import { describe } from 'vitest'
import { findBy, part, testCases } from './ask.ts'

const events = [
  { id: 'e1', title: 'Opening', city: 'Graz', price: 30, stage: { name: 'Main', width: 12, depth: 9 } },
  { id: 'e2', title: 'Encore', city: 'Linz', price: 45, stage: { name: 'Side', width: 6, depth: 5 } },
]

describe('root fields that several subgraphs share', () => {
  const query = 'type Query { events: [Event!]! @shareable  featured: Featured @shareable }'
  const resolvers = {
    Query: { events: () => events, featured: () => ({ event: events[0], note: 'New', by: 'Ada' }) },
  }
  const parts = [
    part(
      'titles',
      `${query}
      type Featured { event: Event! @shareable  note: String! }
      type Event @key(fields: "id") { id: ID!  title: String! }`,
      { ...resolvers, Event: { __resolveReference: findBy(events, 'id') } },
    ),
    part(
      'places',
      `${query}
      type Featured { event: Event! @shareable  by: String! }
      type Event @key(fields: "id") { id: ID!  city: String! }`,
      { ...resolvers, Event: { __resolveReference: findBy(events, 'id') } },
    ),
    part('prices', 'type Event @key(fields: "id") { id: ID!  price: Int! }', {
      Event: { __resolveReference: findBy(events, 'id') },
    }),
  ]
  testCases({ parts }, [
    {
      that: 'are asked for where the rest of the selection is',
      query: '{ events { city } }',
      data: { events: [{ city: 'Graz' }, { city: 'Linz' }] },
      asked: { places: 1 },
    },
    {
      that: 'are asked for once where either would do',
      query: '{ events { id } }',
      data: { events: [{ id: 'e1' }, { id: 'e2' }] },
    },
    {
      that: 'give entities that the other subgraphs complete',
      query: '{ events { title city price } }',
      data: { events: events.map(({ title, city, price }) => ({ title, city, price })) },
      asked: { titles: 1, places: 1, prices: 1 },
    },
    {
      that: 'are asked for in each where an object without a key has a half in each',
      query: '{ featured { note by event { title city } } }',
      data: { featured: { note: 'New', by: 'Ada', event: { title: 'Opening', city: 'Graz' } } },
      asked: { titles: 1, places: 1 },
    },
  ])
})

describe('fields that several subgraphs share', () => {
  const parts = [
    part(
      'events',
      `type Query { event: Event }
      type Event @key(fields: "id") { id: ID!  title: String! @shareable  stage: Stage! @shareable }
      type Stage { name: String! @shareable  width: Int! }`,
      { Query: { event: () => events[0] } },
    ),
    part(
      'stages',
      `type Query { next: Event }
      type Event @key(fields: "id") { id: ID!  title: String! @shareable  stage: Stage! @shareable  price: Int! }
      type Stage { name: String! @shareable  depth: Int! }`,
      { Query: { next: () => events[1] }, Event: { __resolveReference: findBy(events, 'id') } },
    ),
  ]
  testCases({ parts }, [
    {
      that: 'are answered where the entity is',
      query: '{ event { title stage { name width } } next { title stage { name depth } } }',
      data: {
        event: { title: 'Opening', stage: { name: 'Main', width: 12 } },
        next: { title: 'Encore', stage: { name: 'Side', depth: 5 } },
      },
      asked: { events: 1, stages: 1 },
    },
    {
      that: 'become one object where each has a part of it',
      query: '{ event { price stage { depth name width } } }',
      data: { event: { price: 30, stage: { depth: 9, name: 'Main', width: 12 } } },
      asked: { events: 1, stages: 1 },
    },
  ])
})

describe('a shared field that may be null in one subgraph alone', () => {
  interface Person {
    readonly __typename: string
    readonly id: string
    readonly name: string
    readonly peers: () => readonly Person[]
  }
  const crew: readonly Person[] = [
    { __typename: 'Member', id: 'm1', name: 'Ada', peers: () => crew.slice(1) },
    { __typename: 'Guest', id: 'x1', name: 'Ben', peers: () => crew },
  ]
  const parts = [
    part('rota', 'type Query { rota: [Member!]! }\n type Member { id: ID @shareable }', {
      Query: { rota: () => [{ id: 'm1' }, { id: null }] },
    }),
    part(
      'crew',
      `type Query { crew: [Person!]! }
      union Person = Member | Guest
      type Member @key(fields: "id") { id: ID!  name: String  peers: [Person!]! }
      type Guest { id: ID  name: String  peers: [Person!]! }`,
      {
        Query: { crew: () => crew },
        Member: { __resolveReference: ({ id }: { id: string }) => crew.find((person) => person.id === id) },
      },
    ),
  ]
  testCases({ parts }, [
    {
      that: 'may be null for the client',
      query: '{ rota { id } }',
      data: { rota: [{ id: 'm1' }, { id: null }] },
      asked: { rota: 1 },
    },
    {
      that: 'may stand in one union with a field of another nullability',
      query: '{ crew { ... on Member { id name } ... on Guest { id name } } }',
      data: {
        crew: [
          { id: 'm1', name: 'Ada' },
          { id: 'x1', name: 'Ben' },
        ],
      },
      asked: { crew: 1 },
    },
    {
      that: 'may stand so at every depth',
      query: `{ crew {
        ... on Member { id peers { ... on Member { id } ... on Guest { id peers { ...Both } } } }
        ... on Guest { id peers { ...Both } }
      } }
      fragment Both on Person { ... on Member { id name } ... on Guest { id name } }`,
      data: {
        crew: [
          {
            id: 'm1',
            peers: [
              {
                id: 'x1',
                peers: [
                  { id: 'm1', name: 'Ada' },
                  { id: 'x1', name: 'Ben' },
                ],
              },
            ],
          },
          {
            id: 'x1',
            peers: [
              { id: 'm1', name: 'Ada' },
              { id: 'x1', name: 'Ben' },
            ],
          },
        ],
      },
      asked: { crew: 1 },
    },
  ])
})

describe('a shared root field whose subgraphs each know the ids of some types only', () => {
  const node =
    (own: string) =>
    (_: unknown, { id }: { id: string }) => ({
      __typename: id.startsWith('a') ? 'Act' : 'Venue',
      id: id.startsWith(own) ? id : 'unknown',
      name: id.startsWith(own) ? `Name of ${id}` : undefined,
    })
  const query = 'type Query { node(id: ID!): Node @shareable }\n interface Node { id: ID! }'
  const name = ({ id }: { id: string }) => `Name of ${id}`
  const parts = [
    part(
      'acts',
      `${query}
      type Act implements Node @key(fields: "id") { id: ID!  name: String! }
      type Venue implements Node @key(fields: "id") { id: ID! @external  booked: Act }`,
      { Query: { node: node('a') }, Act: { name }, Venue: { booked: () => ({ id: 'a1' }) } },
    ),
    part(
      'venues',
      `${query}
      type Act implements Node @key(fields: "id") { id: ID! @external  next: Venue }
      type Venue implements Node @key(fields: "id") { id: ID!  name: String! }`,
      { Query: { node: node('v') }, Venue: { name }, Act: { next: () => ({ id: 'v1' }) } },
    ),
  ]
  testCases({ parts }, [
    {
      that: 'is asked for in the one that knows the type that is asked for',
      query:
        '{ act: node(id: "a1") { ... on Act { id name } } venue: node(id: "v1") { ... on Venue { id name } } }',
      data: { act: { id: 'a1', name: 'Name of a1' }, venue: { id: 'v1', name: 'Name of v1' } },
      asked: { acts: 1, venues: 1 },
    },
    {
      that: 'tells types from any of them',
      query: '{ act: node(id: "a1") { __typename } venue: node(id: "v1") { __typename } }',
      data: { act: { __typename: 'Act' }, venue: { __typename: 'Venue' } },
    },
    {
      that: 'is refused where none of them knows the id of each type',
      query: '{ node(id: "a1") { id } }',
      isHopeless: true,
      asked: {},
    },
  ])
})
