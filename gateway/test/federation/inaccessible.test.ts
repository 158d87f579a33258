import { describe } from 'vitest'
import { findBy, part, testCases } from './ask.ts'

const tickets = [
  { id: 't1', tier: 'FLOOR', status: 'SOLD', secret: 'x1', holder: { __typename: 'Fan', name: 'Ada' } },
  { id: 't2', tier: 'STAFF', status: 'HELD', secret: 'x2', holder: { __typename: 'Agent', badge: 7 } },
]

describe('what is inaccessible', () => {
  const parts = [
    part(
      'tickets',
      `type Query { tickets: [Ticket!]!  vault: Vault @inaccessible  agent: Person!  strict: [Strict!]! }
      type Ticket @key(fields: "secret") @key(fields: "id") {
        id: ID!
        secret: ID! @inaccessible
        tier: Tier
        holder: Person
        sameTier(tier: Tier @inaccessible, first: Int): [Ticket!]!
      }
      type Strict { tier: Tier! }
      enum Tier { FLOOR BALCONY STAFF @inaccessible }
      union Person = Fan | Agent
      type Fan { name: String! }
      type Agent @inaccessible { badge: Int! }
      type Vault @inaccessible { code: String! }`,
      {
        Query: {
          tickets: () => tickets,
          agent: () => ({ __typename: 'Agent', badge: 7 }),
          strict: () => tickets,
        },
        Ticket: {
          sameTier: (ticket: { tier: string }) => tickets.filter(({ tier }) => tier === ticket.tier),
        },
      },
    ),
    part('gates', 'type Ticket @key(fields: "secret") { secret: ID! @inaccessible  gate: String! }', {
      Ticket: {
        __resolveReference: ({ secret }: { secret: string }) => ({ secret, gate: `Gate ${secret}` }),
      },
    }),
  ]
  testCases({ parts }, [
    {
      that: 'a field may be a key, and is no part of any answer',
      query: '{ tickets { id gate } }',
      data: {
        tickets: [
          { id: 't1', gate: 'Gate x1' },
          { id: 't2', gate: 'Gate x2' },
        ],
      },
      asked: { tickets: 1, gates: 1 },
    },
    { that: 'a field cannot be asked for', query: '{ tickets { secret } }', errors: ['request'], asked: {} },
    {
      that: 'a field of the root cannot be asked for',
      query: '{ vault { code } }',
      errors: ['request'],
      asked: {},
    },
    {
      that: 'an argument cannot be given',
      query: '{ tickets { sameTier(tier: FLOOR) { id } } }',
      errors: ['request'],
      asked: {},
    },
    {
      that: 'an argument that is left out is no trouble',
      query: '{ tickets { sameTier(first: 1) { id } } }',
      data: { tickets: [{ sameTier: [{ id: 't1' }] }, { sameTier: [{ id: 't2' }] }] },
    },
    {
      that: 'a type cannot be named',
      query: '{ tickets { holder { ... on Agent { badge } } } }',
      errors: ['request'],
    },
    {
      that: 'an enum’s value in an answer is null, with an error at its place',
      query: '{ tickets { id tier } }',
      data: {
        tickets: [
          { id: 't1', tier: 'FLOOR' },
          { id: 't2', tier: null },
        ],
      },
      errors: ['tickets.1.tier'],
    },
    {
      that: 'an enum’s value takes along the object in which it may not be null',
      query: '{ tickets { id } strict { tier } }',
      data: null,
      errors: ['strict.1.tier'],
    },
    {
      that: 'an object of a type that nobody may see is null, with an error, and its type is not told',
      query: '{ tickets { holder { __typename ... on Fan { name } } } }',
      data: { tickets: [{ holder: { __typename: 'Fan', name: 'Ada' } }, { holder: null }] },
      errors: ['tickets.1.holder'],
    },
    {
      that: 'an object of such a type that may not be null takes along what is above it',
      query: '{ tickets { id } agent { __typename } }',
      data: null,
      errors: ['agent'],
    },
  ])
})

describe('an enum of which each subgraph knows other values', () => {
  const parts = [
    part(
      'sales',
      `type Query { sold: [Ticket!]!  byStatus(status: Status!): [Ticket!]! }
      type Ticket @key(fields: "id") { id: ID!  status: Status @shareable }
      enum Status { SOLD HELD @inaccessible }`,
      {
        Query: {
          sold: () => tickets,
          byStatus: (_: unknown, { status }: { status: string }) =>
            tickets.filter((ticket) => ticket.status === status),
        },
        Ticket: { __resolveReference: findBy(tickets, 'id') },
      },
    ),
    part(
      'audit',
      'type Ticket @key(fields: "id") { id: ID!  status: Status @shareable }\n enum Status { SOLD }',
      {
        Ticket: { __resolveReference: findBy(tickets, 'id') },
      },
    ),
  ]
  testCases({ parts }, [
    {
      that: 'is answered where its value is known to all',
      query: '{ sold { id status } }',
      data: {
        sold: [
          { id: 't1', status: 'SOLD' },
          { id: 't2', status: null },
        ],
      },
      errors: ['sold.1.status'],
      asked: { sales: 1 },
    },
    {
      that: 'is taken as an argument, written out',
      query: '{ byStatus(status: SOLD) { id } }',
      data: { byStatus: [{ id: 't1' }] },
    },
    {
      that: 'is taken as a variable',
      query: 'query Q($status: Status!) { byStatus(status: $status) { id status } }',
      variables: { status: 'SOLD' },
      data: { byStatus: [{ id: 't1', status: 'SOLD' }] },
    },
    {
      that: 'is refused with a value that only one knows, written out',
      query: '{ byStatus(status: HELD) { id } }',
      errors: ['request'],
      asked: {},
    },
    {
      that: 'is refused with a value that only one knows, as a variable',
      query: 'query Q($status: Status!) { byStatus(status: $status) { id } }',
      variables: { status: 'HELD' },
      errors: ['request'],
      asked: {},
    },
  ])
})

describe('an input object of which each subgraph knows other fields', () => {
  const seen = (_: unknown, { filter }: { filter: Record<string, unknown> }) => JSON.stringify(filter)
  const parts = [
    part(
      'one',
      'type Query { one(filter: Filter!): String! }\n input Filter { first: Int!  after: String  tier: Int }',
      {
        Query: { one: seen },
      },
    ),
    part('two', 'type Query { two(filter: Filter!): String! }\n input Filter { first: Int!  tier: Int }', {
      Query: { two: seen },
    }),
  ]
  testCases({ parts }, [
    {
      that: 'has those that all know',
      query: 'query Q($filter: Filter!) { one(filter: $filter) two(filter: { first: 3 }) }',
      variables: { filter: { first: 2 } },
      data: { one: '{"first":2}', two: '{"first":3}' },
      asked: { one: 1, two: 1 },
    },
    {
      that: 'is refused with one that a single subgraph knows, written out',
      query: '{ one(filter: { first: 2, after: "x" }) }',
      errors: ['request'],
      asked: {},
    },
    {
      that: 'is refused with one that a single subgraph knows, as a variable',
      query: 'query Q($filter: Filter!) { one(filter: $filter) }',
      variables: { filter: { first: 2, after: 'x' } },
      errors: ['request'],
      asked: {},
    },
  ])
})
