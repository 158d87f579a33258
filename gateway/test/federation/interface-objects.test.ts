import { describe } from 'vitest'
import { findBy, part, testCases } from './ask.ts'

const shows = [
  { __typename: 'Concert', id: 's1', title: 'Tosca', seats: 900 },
  { __typename: 'Play', id: 's2', title: 'Faust', acts: 2 },
]
const ratings = [
  { id: 's1', stars: 5 },
  { id: 's2', stars: 3 },
]

/** Has the interface and its types. */
const catalogue = () =>
  part(
    'catalogue',
    `type Query { shows: [Show!]! }
    interface Show @key(fields: "id") { id: ID!  title: String! }
    type Concert implements Show @key(fields: "id") { id: ID!  title: String!  seats: Int! }
    type Play implements Show @key(fields: "id") { id: ID!  title: String!  acts: Int! }`,
    {
      Query: { shows: () => shows },
      Show: { __resolveReference: ({ id }: { id: string }) => findBy(shows, 'id')({ id }) },
      Concert: { __resolveReference: findBy(shows, 'id') },
      Play: { __resolveReference: findBy(shows, 'id') },
    },
  )

describe('an interface that is an object elsewhere', () => {
  const parts = [
    catalogue(),
    part(
      'ratings',
      `type Query { best: [Show!]! }
      type Show @key(fields: "id") @interfaceObject {
        id: ID!
        title: String! @external
        stars: Int!
        slug: String! @requires(fields: "title")
      }`,
      {
        Query: { best: () => ratings },
        Show: {
          __resolveReference: findBy(ratings, 'id'),
          slug: ({ title }: { title?: string }) => {
            if (title === undefined) throw new Error('title was not sent')
            return title.toLowerCase()
          },
        },
      },
    ),
    part(
      'prices',
      `type Show @key(fields: "id") @interfaceObject {
        id: ID!  stars: Int! @external  price: Int! @requires(fields: "stars")
      }`,
      { Show: { price: ({ stars }: { stars: number }) => stars * 10 } },
    ),
  ]
  testCases({ parts }, [
    {
      that: 'gives its fields to all types of the interface',
      query: '{ shows { title stars } }',
      data: {
        shows: [
          { title: 'Tosca', stars: 5 },
          { title: 'Faust', stars: 3 },
        ],
      },
      asked: { catalogue: 1, ratings: 1 },
    },
    {
      that: 'gives its fields to one type that is asked for',
      query: '{ shows { id ... on Play { stars acts } } }',
      data: { shows: [{ id: 's1' }, { id: 's2', stars: 3, acts: 2 }] },
      asked: { catalogue: 1, ratings: 1 },
    },
    {
      that: 'answers alone what it has itself',
      query: '{ best { id stars } }',
      data: { best: ratings },
      asked: { ratings: 1 },
    },
    {
      that: 'gets the fields of the interface from where that is',
      query: '{ best { stars title } }',
      data: {
        best: [
          { stars: 5, title: 'Tosca' },
          { stars: 3, title: 'Faust' },
        ],
      },
      asked: { ratings: 1, catalogue: 1 },
    },
    {
      that: 'never tells its own name as a type',
      query: '{ best { __typename stars } }',
      data: {
        best: [
          { __typename: 'Concert', stars: 5 },
          { __typename: 'Play', stars: 3 },
        ],
      },
      asked: { ratings: 1, catalogue: 1 },
    },
    {
      that: 'is narrowed to the types of the interface',
      query: '{ best { ... on Concert { seats stars } ... on Play { acts } id } }',
      data: {
        best: [
          { seats: 900, stars: 5, id: 's1' },
          { acts: 2, id: 's2' },
        ],
      },
      asked: { ratings: 2, catalogue: 1 },
    },
    {
      that: 'may require a field of the interface',
      query: '{ shows { slug } }',
      data: { shows: [{ slug: 'tosca' }, { slug: 'faust' }] },
      asked: { catalogue: 1, ratings: 1 },
    },
    {
      that: 'may require a field of the interface for an object that it gave itself',
      query: '{ best { slug } }',
      data: { best: [{ slug: 'tosca' }, { slug: 'faust' }] },
      asked: { ratings: 2, catalogue: 1 },
    },
    {
      that: 'may require a field of another such object',
      query: '{ shows { price } best { price } }',
      data: { shows: [{ price: 50 }, { price: 30 }], best: [{ price: 50 }, { price: 30 }] },
    },
    {
      that: 'may require a field of another such object for one type alone',
      query: '{ best { ... on Play { price } } }',
      data: { best: [{}, { price: 30 }] },
    },
    {
      that: 'may be asked for what its types have of another such object for one type alone',
      query: '{ shows { ... on Play { price } } }',
      data: { shows: [{}, { price: 30 }] },
      asked: { catalogue: 1, ratings: 1, prices: 1 },
    },
    {
      that: 'is not mistaken when aliases bear the names of its key and of fields elsewhere',
      query: '{ best { title: stars kind: __typename id: title } }',
      data: {
        best: [
          { title: 5, kind: 'Concert', id: 'Tosca' },
          { title: 3, kind: 'Play', id: 'Faust' },
        ],
      },
    },
    {
      that: 'answers under aliases',
      query: '{ best { rating: stars kind: __typename name: title } }',
      data: {
        best: [
          { rating: 5, kind: 'Concert', name: 'Tosca' },
          { rating: 3, kind: 'Play', name: 'Faust' },
        ],
      },
    },
  ])
})

describe('an interface object that is met in a third subgraph', () => {
  const parts = [
    catalogue(),
    part(
      'seasons',
      `type Query { season: Season }
      type Season @key(fields: "id") { id: ID!  opener: Show  closer: Show }
      type Show @key(fields: "id") @interfaceObject { id: ID! }`,
      { Query: { season: () => ({ id: 'y1', opener: { id: 's2' }, closer: { id: 'gone' } }) } },
    ),
    part(
      'directors',
      'type Query { director: String }\n extend type Play @key(fields: "id") { id: ID!  director: String }',
      {
        Query: { director: () => 'Mann' },
        Play: { __resolveReference: ({ id }: { id: string }) => ({ id, director: `Director of ${id}` }) },
      },
    ),
  ]
  testCases({ parts }, [
    {
      that: 'is followed to the type, and on to what extends the type',
      query: '{ season { id opener { id ... on Play { acts director } } } director }',
      data: {
        season: { id: 'y1', opener: { id: 's2', acts: 2, director: 'Director of s2' } },
        director: 'Mann',
      },
      asked: { seasons: 1, catalogue: 1, directors: 2 },
    },
    {
      that: 'is null with an error where nobody knows it',
      query: '{ season { id closer { title } } }',
      data: { season: { id: 'y1', closer: null } },
      errors: ['season.closer.title'],
    },
  ])
})

describe('an interface object whose key leads nowhere', () => {
  const parts = [
    part(
      'registry',
      `type Query { thing: Thing  place: Place! }
      interface Thing @key(fields: "id") { id: ID! }
      type Place @key(fields: "id", resolvable: false) @interfaceObject { id: ID! }`,
      { Query: { thing: () => null, place: () => ({ id: 'p1' }) } },
    ),
    part(
      'places',
      `type Query { other: Thing }
      type Thing @key(fields: "id", resolvable: false) @interfaceObject { id: ID!  label: String }
      interface Place @key(fields: "id") { id: ID! }
      type Hall implements Place @key(fields: "id") { id: ID!  rooms: Int! }`,
      {
        Query: { other: () => ({ id: 't1', label: 'Lamp' }) },
        Place: { __resolveReference: ({ id }: { id: string }) => ({ __typename: 'Hall', id, rooms: 3 }) },
        Hall: { __resolveReference: ({ id }: { id: string }) => ({ id, rooms: 3 }) },
      },
    ),
  ]
  testCases({ parts }, [
    {
      that: 'answers what it has',
      query: '{ place { id } other { id label } }',
      data: { place: { id: 'p1' }, other: { id: 't1', label: 'Lamp' } },
      asked: { registry: 1, places: 1 },
    },
    {
      that: 'is completed from where the interface is',
      query: '{ place { ... on Hall { id rooms } } }',
      data: { place: { id: 'p1', rooms: 3 } },
      asked: { registry: 1, places: 1 },
    },
    {
      that: 'is not asked for fields that it could not be asked for',
      query: '{ thing { label } }',
      isHopeless: true,
      asked: {},
    },
  ])
})
