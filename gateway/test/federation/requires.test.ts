import { describe } from 'vitest'
import { findBy, part, testCases } from './ask.ts'

const tickets = [
  { id: 't1', price: 40, weight: 2, isDiscounted: false },
  { id: 't2', price: 120, weight: 5, isDiscounted: true },
]
type Ticket = Partial<(typeof tickets)[number]>

/** The value, or an error where the gateway has not sent it. */
function need<Value>(value: Value | undefined, what: string): Value {
  if (value === undefined) throw new Error(`${what} was not sent`)
  return value
}

describe('a field that requires others', () => {
  const parts = [
    part(
      'tickets',
      `type Query { tickets: [Ticket!]! }
      type Ticket @key(fields: "id") { id: ID!  isDiscounted: Boolean! }`,
      {
        Query: { tickets: () => tickets.map(({ id, isDiscounted }) => ({ id, isDiscounted })) },
        Ticket: { __resolveReference: findBy(tickets, 'id') },
      },
    ),
    part('prices', 'type Ticket @key(fields: "id") { id: ID!  price: Int! @inaccessible  weight: Int! }', {
      Ticket: { __resolveReference: findBy(tickets, 'id') },
    }),
    part(
      'posting',
      `type Ticket @key(fields: "id") {
        id: ID!
        price: Int! @external
        weight: Int! @external
        isDiscounted: Boolean! @external
        postage: Int! @requires(fields: "price weight")
        isDear: Boolean! @requires(fields: "price")
        isGift: Boolean! @requires(fields: "isDiscounted")
        post: String!
      }`,
      {
        Ticket: {
          postage: ({ price, weight }: Ticket) => need(price, 'price') + need(weight, 'weight'),
          isDear: ({ price }: Ticket) => need(price, 'price') > 100,
          isGift: ({ isDiscounted }: Ticket) => !need(isDiscounted, 'isDiscounted'),
          post: () => 'Swift',
        },
      },
    ),
    part(
      'advice',
      `type Ticket @key(fields: "id") {
        id: ID!
        isDear: Boolean! @external
        isGift: Boolean! @external
        advice: String! @requires(fields: "isDear")
        wrapping: String! @requires(fields: "isGift")
      }`,
      {
        Ticket: {
          advice: ({ isDear }: { isDear?: boolean }) => (need(isDear, 'isDear') ? 'wait' : 'buy'),
          wrapping: ({ isGift }: { isGift?: boolean }) => (need(isGift, 'isGift') ? 'ribbon' : 'none'),
        },
      },
    ),
  ]
  const each = (...values: readonly Record<string, unknown>[]) => ({ tickets: values })
  testCases({ parts }, [
    {
      that: 'gets them from the subgraph that has them, though no client may see them',
      query: '{ tickets { postage } }',
      data: each({ postage: 42 }, { postage: 125 }),
      asked: { tickets: 1, prices: 1, posting: 1 },
    },
    {
      that: 'shares one fetch with fields that require the same',
      query: '{ tickets { postage isDear weight } }',
      data: each({ postage: 42, isDear: false, weight: 2 }, { postage: 125, isDear: true, weight: 5 }),
      asked: { tickets: 1, prices: 1, posting: 1 },
    },
    {
      that: 'needs no extra fetch when the first subgraph has what it requires',
      query: '{ tickets { isGift } }',
      data: each({ isGift: true }, { isGift: false }),
      asked: { tickets: 1, posting: 1 },
    },
    {
      that: 'may require a field that itself requires one',
      query: '{ tickets { advice } }',
      data: each({ advice: 'buy' }, { advice: 'wait' }),
      asked: { tickets: 1, prices: 1, posting: 1, advice: 1 },
    },
    {
      that: 'may stand beside another chain, and each link is one fetch',
      query: '{ tickets { advice wrapping } }',
      data: each({ advice: 'buy', wrapping: 'ribbon' }, { advice: 'wait', wrapping: 'none' }),
      asked: { tickets: 1, prices: 1, posting: 2, advice: 2 },
    },
    {
      that: 'is not mistaken when an alias bears the name of what is required',
      query: '{ tickets { isDiscounted: id isGift weight: post postage } }',
      data: each(
        { isDiscounted: 't1', isGift: true, weight: 'Swift', postage: 42 },
        { isDiscounted: 't2', isGift: false, weight: 'Swift', postage: 125 },
      ),
    },
    {
      that: 'is not fetched for, nor what it requires, where it is skipped',
      query: 'query Q($no: Boolean = false) { tickets { id advice @include(if: $no) } }',
      data: each({ id: 't1' }, { id: 't2' }),
      asked: { tickets: 1 },
    },
    {
      that: 'is not fetched for, nor what it requires, where several are skipped, each for its own reason',
      query: `query Q($no: Boolean = false, $yes: Boolean = true) {
        tickets { id advice @include(if: $no) postage @skip(if: $yes) isDear @skip(if: true) } }`,
      data: each({ id: 't1' }, { id: 't2' }),
      asked: { tickets: 1 },
    },
  ])
})

describe('a field that requires fields of objects', () => {
  const stages = [
    { id: 's1', rig: { lamps: [{ watts: 100 }, { watts: 250 }], desk: { id: 'd1' } } },
    { id: 's2', rig: null },
  ]
  type Rig = { lamps: { watts: number }[]; desk: { channels: number } } | null
  const parts = [
    part(
      'stages',
      `type Query { stages: [Stage!]! }
      type Stage @key(fields: "id") { id: ID!  rig: Rig }
      type Rig { lamps: [Lamp!]!  desk: Desk! }
      type Lamp { watts: Int! }
      type Desk @key(fields: "id") { id: ID! }`,
      { Query: { stages: () => stages }, Stage: { __resolveReference: findBy(stages, 'id') } },
    ),
    part('desks', 'type Desk @key(fields: "id") { id: ID!  channels: Int! }', {
      Desk: { __resolveReference: ({ id }: { id: string }) => ({ id, channels: 48 }) },
    }),
    part(
      'power',
      `type Stage @key(fields: "id") {
        id: ID!
        rig: Rig @external
        watts: Int @requires(fields: "rig { lamps { watts } }")
        cables: Int @requires(fields: "rig { lamps { watts } desk { channels } }")
      }
      type Rig @external { lamps: [Lamp!]!  desk: Desk! }
      type Lamp @external { watts: Int! }
      type Desk @key(fields: "id") { id: ID!  channels: Int! @external }`,
      {
        Stage: {
          watts: ({ rig }: { rig: Rig }) => rig?.lamps.reduce((sum, { watts }) => sum + watts, 0),
          cables: ({ rig }: { rig: Rig }) => rig && rig.lamps.length + need(rig.desk.channels, 'channels'),
        },
      },
    ),
  ]
  testCases({ parts }, [
    {
      that: 'is sent them as a tree, with lists and nulls as they are',
      query: '{ stages { watts } }',
      data: { stages: [{ watts: 350 }, { watts: null }] },
      asked: { stages: 1, power: 1 },
    },
    {
      that: 'is sent what an entity within the tree has in a third subgraph',
      query: '{ stages { cables } }',
      data: { stages: [{ cables: 50 }, { cables: null }] },
      asked: { stages: 1, desks: 1, power: 1 },
    },
    {
      that: 'leaves no trace of the tree in an answer that asks for other parts of it',
      query: '{ stages { cables rig { desk { id } } } }',
      data: {
        stages: [
          { cables: 50, rig: { desk: { id: 'd1' } } },
          { cables: null, rig: null },
        ],
      },
      asked: { stages: 1, desks: 1, power: 1 },
    },
  ])
})

describe('fields that require each other’s subgraphs in a circle', () => {
  const posts = [
    { id: 'n1', author: { id: 'c1' } },
    { id: 'n2', author: { id: 'c2' } },
  ]
  const critics = [
    { id: 'c1', years: 1 },
    { id: 'c2', years: 20 },
  ]
  const parts = [
    part(
      'notices',
      `type Query { notices: [Notice!]! }
      type Notice @key(fields: "id") {
        id: ID!  isFresh: Boolean! @external  isWeighty: Boolean! @requires(fields: "isFresh")
      }
      type Critic @key(fields: "id") { id: ID!  years: Int! }`,
      {
        Query: { notices: () => posts.map(({ id }) => ({ id })) },
        Notice: { isWeighty: ({ isFresh }: { isFresh?: boolean }) => !need(isFresh, 'isFresh') },
        Critic: { __resolveReference: findBy(critics, 'id') },
      },
    ),
    part(
      'critics',
      `type Notice @key(fields: "id") {
        id: ID!  author: Critic!  isFresh: Boolean! @requires(fields: "author { years }")
      }
      type Critic @key(fields: "id") { id: ID!  years: Int! @external }`,
      {
        Notice: {
          __resolveReference: findBy(posts, 'id'),
          isFresh: ({ author }: { author: { years?: number } }) => need(author.years, 'years') < 5,
        },
      },
    ),
  ]
  testCases({ parts }, [
    {
      that: 'are followed through to the end',
      query: '{ notices { isWeighty } }',
      data: { notices: [{ isWeighty: false }, { isWeighty: true }] },
      asked: { notices: 3, critics: 2 },
    },
  ])
})
