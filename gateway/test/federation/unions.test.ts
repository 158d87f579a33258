import { describe } from 'vitest'
import { findBy, part, testCases } from './ask.ts'

const goods = [
  { __typename: 'Poster', id: 'p1', title: 'Gig poster', price: 15 },
  { __typename: 'Shirt', id: 's1', size: 'L', price: 25 },
  { __typename: 'Mug', id: 'm1', litres: 1, price: 9 },
]
const [poster, shirt, mug] = goods

describe('a union of which each subgraph knows other members', () => {
  const parts = [
    part(
      'stall',
      `type Query { stock: [Goods!]!  pick: Goods  shelf: Shelf }
      union Goods = Poster | Shirt
      type Shelf @key(fields: "id") { id: ID!  front: Goods @shareable }
      type Poster @key(fields: "id") { id: ID!  title: String! @shareable }
      type Shirt @key(fields: "id") { id: ID!  size: String! }`,
      {
        Query: { stock: () => [poster, shirt], pick: () => shirt, shelf: () => ({ id: 'x', front: poster }) },
      },
    ),
    part(
      'shop',
      `type Query { wares: [Goods!]! }
      union Goods = Poster | Mug
      type Shelf @key(fields: "id") { id: ID!  front: Goods @shareable  back: Goods }
      type Poster @key(fields: "id") { id: ID!  title: String! @shareable  price: Int! }
      type Mug { litres: Int! }`,
      {
        Query: { wares: () => [poster, mug] },
        Shelf: { __resolveReference: ({ id }: { id: string }) => ({ id, front: poster, back: mug }) },
        Poster: { __resolveReference: findBy(goods, 'id') },
      },
    ),
  ]
  const all = '__typename ... on Poster { title } ... on Shirt { size } ... on Mug { litres }'
  testCases({ parts }, [
    {
      that: 'is narrowed to members that the asked subgraph does not know',
      query: `{ stock { ${all} } wares { ${all} } }`,
      data: {
        stock: [
          { __typename: 'Poster', title: 'Gig poster' },
          { __typename: 'Shirt', size: 'L' },
        ],
        wares: [
          { __typename: 'Poster', title: 'Gig poster' },
          { __typename: 'Mug', litres: 1 },
        ],
      },
      asked: { stall: 1, shop: 1 },
    },
    {
      that: 'holds empty objects where only others were asked for',
      query: '{ stock { ... on Mug { litres } } pick { ... on Poster { title } } }',
      data: { stock: [{}, {}], pick: {} },
      asked: { stall: 1 },
    },
    {
      that: 'has members that another subgraph completes, and others that it need not',
      query: '{ stock { ... on Poster { title price } ... on Shirt { size } } }',
      data: { stock: [{ title: 'Gig poster', price: 15 }, { size: 'L' }] },
      asked: { stall: 1, shop: 1 },
    },
    {
      that: 'is asked nothing more where no member is of the type that would need it',
      query: '{ pick { ... on Poster { price } ... on Shirt { id } } }',
      data: { pick: { id: 's1' } },
      asked: { stall: 1 },
    },
    {
      that: 'is answered behind a field that both share, and behind one that is the other’s own',
      query: `{ shelf { front { ${all} } back { ${all} } } }`,
      data: {
        shelf: {
          front: { __typename: 'Poster', title: 'Gig poster' },
          back: { __typename: 'Mug', litres: 1 },
        },
      },
      asked: { stall: 1, shop: 1 },
    },
  ])
})

describe('a union in shared objects of which one subgraph knows a part', () => {
  const actions = [
    { __typename: 'Alert', text: 'Doors open' },
    { __typename: 'Poll', question: 'Encore?' },
  ]
  const parts = [
    part(
      'app',
      `type Query { screen: Screen }
      type Screen @shareable { title: String!  actions: [Action!]! }
      union Action = Alert | Poll
      type Alert @shareable { text: String! }
      type Poll { question: String! }`,
      { Query: { screen: () => ({ title: 'Tonight', actions }) } },
    ),
    part(
      'web',
      `type Query { page: Screen }
      type Screen @shareable { title: String!  actions: [Action!]! }
      union Action = Alert
      type Alert @shareable { text: String! }`,
      { Query: { page: () => ({ title: 'Tonight', actions: actions.slice(0, 1) }) } },
    ),
  ]
  testCases({ parts }, [
    {
      that: 'tells the types of all that is there',
      query: '{ screen { title actions { __typename ... on Alert { text } } } }',
      data: {
        screen: {
          title: 'Tonight',
          actions: [{ __typename: 'Alert', text: 'Doors open' }, { __typename: 'Poll' }],
        },
      },
      asked: { app: 1 },
    },
    {
      that: 'may be asked for members that its subgraph does not know',
      query: '{ page { actions { __typename ... on Alert { text } ... on Poll { question } } } }',
      data: { page: { actions: [{ __typename: 'Alert', text: 'Doors open' }] } },
      asked: { web: 1 },
    },
  ])
})

describe('interfaces that types implement in some subgraphs only', () => {
  const parts = [
    part(
      'stall',
      `type Query { mixed: [Goods!]!  nodes: [Node!]! }
      union Goods = Poster | Shirt
      interface Node { id: ID! }
      interface Warranted { months: Int }
      type Poster @key(fields: "id") { id: ID! }
      type Shirt implements Node & Warranted @key(fields: "id") { id: ID!  months: Int }`,
      { Query: { mixed: () => [poster, { ...shirt, months: 12 }], nodes: () => [{ ...shirt, months: 12 }] } },
    ),
    part(
      'print',
      `interface Node { id: ID! }
      interface Warranted { months: Int }
      type Poster implements Node & Warranted @key(fields: "id") { id: ID!  months: Int }`,
      { Poster: { __resolveReference: ({ id }: { id: string }) => ({ id, months: 3 }) } },
    ),
  ]
  testCases({ parts }, [
    {
      that: 'hold for a member of a union that implements one elsewhere',
      query: '{ mixed { ... on Node { id } } }',
      data: { mixed: [{ id: 'p1' }, { id: 's1' }] },
      asked: { stall: 1 },
    },
    {
      that: 'give fields that the type has elsewhere alone',
      query: '{ mixed { ... on Warranted { months } } }',
      data: { mixed: [{ months: 3 }, { months: 12 }] },
      asked: { stall: 1, print: 1 },
    },
    {
      that: 'may be stacked and repeated',
      query:
        '{ nodes { ... on Node { id ... on Warranted { ... on Node { id } months } } ... on Poster { id } } }',
      data: { nodes: [{ id: 's1', months: 12 }] },
      asked: { stall: 1 },
    },
  ])
})
