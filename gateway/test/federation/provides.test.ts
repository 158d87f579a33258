import { describe } from 'vitest'
import { findBy, part, testCases } from './ask.ts'

const acts = [
  { id: 'a1', name: 'The Lanterns', genre: 'folk' },
  { id: 'a2', name: 'Night Bus', genre: 'dub' },
]
const [lanterns, nightBus] = acts

describe('a field that provides fields of an entity', () => {
  const parts = [
    part(
      'events',
      `type Query {
        event: Event
        billed: [Act!]! @provides(fields: "name")
        listed: [Act!]!
      }
      type Event @key(fields: "id") {
        id: ID!
        headliner: Act @provides(fields: "name")
        support: Act
        line: Line @provides(fields: "acts { name }")
      }
      type Line { acts: [Act!]! }
      type Act @key(fields: "id") { id: ID!  name: String! @external }`,
      {
        Query: {
          event: () => ({ id: 'e1', headliner: lanterns, support: { id: 'a2' }, line: { acts } }),
          billed: () => acts,
          listed: () => acts.map(({ id }) => ({ id })),
        },
      },
    ),
    part('acts', 'type Act @key(fields: "id") { id: ID!  name: String! @shareable  genre: String! }', {
      Act: { __resolveReference: findBy(acts, 'id') },
    }),
  ]
  const names = acts.map(({ name }) => ({ name }))
  testCases({ parts }, [
    {
      that: 'answers them itself',
      query: '{ event { headliner { id name } } billed { name } }',
      data: { event: { headliner: { id: 'a1', name: 'The Lanterns' } }, billed: names },
      asked: { events: 1 },
    },
    {
      that: 'answers them itself through an object between',
      query: '{ event { line { acts { name } } } }',
      data: { event: { line: { acts: names } } },
      asked: { events: 1 },
    },
    {
      that: 'does not speak for another field of the same type',
      query: '{ event { support { name } } listed { name } }',
      data: { event: { support: { name: 'Night Bus' } }, listed: names },
      asked: { events: 1, acts: 2 },
    },
    {
      that: 'leaves the rest of the entity to its own subgraph',
      query: '{ event { headliner { name genre } } }',
      data: { event: { headliner: { name: 'The Lanterns', genre: 'folk' } } },
      asked: { events: 1, acts: 1 },
    },
  ])
})

describe('a shared root field that one subgraph provides for', () => {
  const notes: string[] = []
  const genres = [
    { id: 'g1', title: 'Folk', parents: [{ id: 'g2', title: 'Roots' }] },
    { id: 'g2', title: 'Roots', parents: [] },
  ]
  const parts = [
    part(
      'plain',
      'type Query { programme: [Slot!]! @shareable }\n type Slot @key(fields: "id") { id: ID! }',
      {
        Query: {
          programme() {
            notes.push('plain')
            return [{ id: 's1' }]
          },
        },
      },
    ),
    part(
      'rich',
      `type Query { programme: [Slot!]! @shareable @provides(fields: "genres { id title parents { id title } }") }
      type Slot @key(fields: "id") { id: ID!  genres: [Genre!]! @external }
      type Genre @key(fields: "id") { id: ID!  title: String  parents: [Genre!]! @external }`,
      { Query: { programme: () => [{ id: 's1', genres }] } },
    ),
    part(
      'genres',
      `type Slot @key(fields: "id") { id: ID!  genres: [Genre!]! @shareable }
      type Genre @key(fields: "id") { id: ID!  parents: [Genre!]! @shareable }`,
      {
        Slot: { __resolveReference: () => ({ id: 's1', genres: [{ id: 'g1' }, { id: 'g2' }] }) },
        Genre: { __resolveReference: findBy(genres, 'id') },
      },
    ),
  ]
  testCases({ parts, notes }, [
    {
      that: 'is asked there alone when that is the shorter way',
      query: '{ programme { id genres { title parents { title } } } }',
      data: {
        programme: [
          {
            id: 's1',
            genres: [
              { title: 'Folk', parents: [{ title: 'Roots' }] },
              { title: 'Roots', parents: [] },
            ],
          },
        ],
      },
      asked: { rich: 1 },
      noted: [],
    },
  ])
})

describe('providing below an interface', () => {
  const pets = [
    { __typename: 'Band', id: 'a1', name: 'The Lanterns', members: 4 },
    { __typename: 'Solo', id: 'a2', name: 'Night Bus', members: 1 },
  ]
  const parts = [
    part(
      'guide',
      `type Query { show: Show  concert: Concert @provides(fields: "acts { ... on Band { name } }") }
      interface Show { id: ID! }
      interface Act { id: ID! }
      type Concert implements Show @key(fields: "id") { id: ID!  acts: [Act!] @shareable }
      type Band implements Act @key(fields: "id") { id: ID!  name: String @external }
      type Solo implements Act @key(fields: "id") { id: ID! }`,
      {
        Query: {
          show: () => ({ __typename: 'Concert', id: 'c1', acts: pets }),
          concert: () => ({ id: 'c1', acts: pets }),
        },
      },
    ),
    part(
      'acts',
      `interface Act { id: ID!  name: String  members: Int }
      type Concert @key(fields: "id") { id: ID!  acts: [Act!] @shareable }
      type Band implements Act @key(fields: "id") { id: ID!  name: String @shareable  members: Int }
      type Solo implements Act @key(fields: "id") { id: ID!  name: String @shareable  members: Int }`,
      {
        Concert: { __resolveReference: ({ id }: { id: string }) => ({ id, acts: pets }) },
        Band: { __resolveReference: findBy(pets, 'id') },
        Solo: { __resolveReference: findBy(pets, 'id') },
      },
    ),
  ]
  testCases({ parts }, [
    {
      that: 'holds for the type that is named',
      query: '{ concert { acts { id ... on Band { name } } } }',
      data: { concert: { acts: [{ id: 'a1', name: 'The Lanterns' }, { id: 'a2' }] } },
      asked: { guide: 1 },
    },
    {
      that: 'does not hold for the other types',
      query: '{ concert { acts { name members } } }',
      data: {
        concert: {
          acts: [
            { name: 'The Lanterns', members: 4 },
            { name: 'Night Bus', members: 1 },
          ],
        },
      },
      asked: { guide: 1, acts: 1 },
    },
    {
      that: 'does not hold for another field that leads to the same type',
      query: '{ show { ... on Concert { acts { ... on Band { name } } } } }',
      data: { show: { acts: [{ name: 'The Lanterns' }, {}] } },
      asked: { guide: 1, acts: 1 },
    },
  ])
})

describe('providing below a union', () => {
  const items = [
    { __typename: 'Poster', id: 'p1', title: 'Gig poster' },
    { __typename: 'Shirt', id: 's1', title: 'Tour shirt' },
  ]
  const parts = [
    part(
      'stall',
      `type Query { goods: [Goods!]! @provides(fields: "... on Poster { title }") }
      union Goods = Poster | Shirt
      type Poster @key(fields: "id") { id: ID!  title: String @external }
      type Shirt @key(fields: "id") { id: ID! }`,
      { Query: { goods: () => items } },
    ),
    part(
      'goods',
      `type Poster @key(fields: "id") { id: ID!  title: String @shareable }
      type Shirt @key(fields: "id") { id: ID!  title: String }`,
      {
        Poster: { __resolveReference: findBy(items, 'id') },
        Shirt: { __resolveReference: findBy(items, 'id') },
      },
    ),
  ]
  testCases({ parts }, [
    {
      that: 'holds for the member that is named',
      query: '{ goods { __typename ... on Poster { title } } }',
      data: { goods: [{ __typename: 'Poster', title: 'Gig poster' }, { __typename: 'Shirt' }] },
      asked: { stall: 1 },
    },
    {
      that: 'leaves the other members to their own subgraph',
      query: '{ goods { ... on Poster { id title } ... on Shirt { title } } }',
      data: { goods: [{ id: 'p1', title: 'Gig poster' }, { title: 'Tour shirt' }] },
      asked: { stall: 1, goods: 1 },
    },
  ])
})

describe('providing what an act has', () => {
  const parts = [
    part(
      'charts',
      `type Query { top: Act @provides(fields: "agent { phone }") }
      type Act @key(fields: "id") { id: ID!  agent: Agent @external }
      type Agent @shareable { phone: String }`,
      { Query: { top: () => ({ ...nightBus, agent: { phone: '555' } }) } },
    ),
    part(
      'agents',
      `type Act @key(fields: "id") { id: ID!  agent: Agent @shareable }
      type Agent @shareable { phone: String  mail: String }`,
      {
        Act: { __resolveReference: ({ id }: { id: string }) => ({ id, agent: { phone: '555', mail: '@' } }) },
      },
    ),
  ]
  testCases({ parts }, [
    {
      that: 'may reach into an object that is no entity',
      query: '{ top { agent { phone } } }',
      data: { top: { agent: { phone: '555' } } },
      asked: { charts: 1 },
    },
    {
      that: 'gives way to the owner where more of that object is asked for',
      query: '{ top { agent { phone mail } } }',
      data: { top: { agent: { phone: '555', mail: '@' } } },
      asked: { charts: 1, agents: 1 },
    },
  ])
})
