import { describe } from 'vitest'
import { findBy, part, testCases } from './ask.ts'

const acts = [
  { id: 'a1', name: 'The Lanterns', fee: 300 },
  { id: 'a2', name: 'Night Bus', fee: 500 },
]
const old = acts.map((act) => ({ ...act, fee: -1 }))

/** The old owner of `fee`, which still answers it wrong. */
const ledger = () =>
  part(
    'ledger',
    'type Query { booked: [Act!]! }\n type Act @key(fields: "id") { id: ID!  name: String!  fee: Int! }',
    { Query: { booked: () => old }, Act: { __resolveReference: findBy(old, 'id') } },
  )

/** The new owner of `fee`. */
const payroll = (override: string) =>
  part(
    'payroll',
    `type Query { paid: [Act!]! }\n type Act @key(fields: "id") { id: ID!  fee: Int! ${override} }`,
    { Query: { paid: () => acts }, Act: { __resolveReference: findBy(acts, 'id') } },
  )

const fees = acts.map(({ fee }) => ({ fee }))
const oldFees = old.map(({ fee }) => ({ fee }))

describe('a field that another subgraph overrides', () => {
  testCases({ parts: [ledger(), payroll('@override(from: "ledger")')] }, [
    {
      that: 'is answered by the new owner, whoever has the entity',
      query: '{ booked { name fee } }',
      data: { booked: acts.map(({ name, fee }) => ({ name, fee })) },
      asked: { ledger: 1, payroll: 1 },
    },
    {
      that: 'is answered by the new owner alone where that has the entity',
      query: '{ paid { fee } }',
      data: { paid: fees },
      asked: { payroll: 1 },
    },
  ])
})

describe('a field that is overridden from a subgraph that is not there', () => {
  const parts = [
    part(
      'one',
      `type Query { lineup: [Act!]! @shareable  first: Act }
      type Act @key(fields: "id") { id: ID!  name: String! @shareable }`,
      { Query: { lineup: () => acts, first: () => acts[0] } },
    ),
    part(
      'two',
      `type Query { lineup: [Act!]! @shareable  second: Act }
      type Act @key(fields: "id") { id: ID!  name: String! @override(from: "gone") @shareable }`,
      { Query: { lineup: () => acts, second: () => acts[1] } },
    ),
  ]
  testCases({ parts }, [
    {
      that: 'is answered by either',
      query: '{ first { name } second { name } }',
      data: { first: { name: 'The Lanterns' }, second: { name: 'Night Bus' } },
      asked: { one: 1, two: 1 },
    },
  ])
})

describe('an overridden field that others require', () => {
  const parts = [
    part(
      'greeting',
      `type Query { greeted: Act }
      type Act @key(fields: "id") { id: ID!  name: String! @external  hello: String! @requires(fields: "name") }`,
      {
        Query: { greeted: () => ({ id: 'a1' }) },
        Act: { hello: ({ name }: { name: string }) => `Hello ${name}` },
      },
    ),
    part(
      'names',
      `type Query { named: Act }\n type Act @key(fields: "id") { id: ID!  name: String! @override(from: "archive") }`,
      { Query: { named: () => acts[1] }, Act: { __resolveReference: findBy(acts, 'id') } },
    ),
    part(
      'archive',
      `type Query { archived: Act }
      type Act @key(fields: "id") { id: ID!  name: String! @external  shelf: String! @requires(fields: "name") }`,
      {
        Query: { archived: () => ({ id: 'a2' }) },
        Act: { shelf: ({ name }: { name: string }) => name.slice(0, 1) },
      },
    ),
  ]
  testCases({ parts }, [
    {
      that: 'is sent them from the new owner',
      query: '{ greeted { hello shelf name } }',
      data: { greeted: { hello: 'Hello The Lanterns', shelf: 'T', name: 'The Lanterns' } },
      asked: { greeting: 2, names: 1, archive: 1 },
    },
    {
      that: 'is sent to the subgraph too that it was taken from',
      query: '{ archived { shelf } named { hello } }',
      data: { archived: { shelf: 'N' }, named: { hello: 'Hello Night Bus' } },
      asked: { greeting: 1, names: 2, archive: 2 },
    },
  ])
})

describe('an overridden field behind an interface', () => {
  const clips = [
    { __typename: 'Clip', id: 'c1', madeAt: '2026-05-01' },
    { __typename: 'Clip', id: 'c2', madeAt: '2026-06-01' },
  ]
  const parts = [
    part(
      'feed',
      `type Query { feed: [Item!]! }
      interface Item { id: ID!  madeAt: String! }
      type Clip implements Item @key(fields: "id") { id: ID!  madeAt: String! }`,
      { Query: { feed: () => clips.map((clip) => ({ ...clip, madeAt: 'never' })) } },
    ),
    part(
      'media',
      `type Query { media: [Medium!]! }
      interface Item { id: ID!  madeAt: String! }
      interface Medium { id: ID!  madeAt: String! }
      type Note implements Item @key(fields: "id") { id: ID!  madeAt: String!  text: String! }
      type Clip implements Medium @key(fields: "id") { id: ID!  madeAt: String! @override(from: "feed") }`,
      { Query: { media: () => clips }, Clip: { __resolveReference: findBy(clips, 'id') } },
    ),
  ]
  const dates = clips.map(({ id, madeAt }) => ({ id, madeAt }))
  testCases({ parts }, [
    {
      that: 'is answered by the new owner',
      query: '{ feed { id madeAt } }',
      data: { feed: dates },
      asked: { feed: 1, media: 1 },
    },
    {
      that: 'is answered by the new owner through an interface of its own',
      query: '{ media { id madeAt ... on Clip { id madeAt } } }',
      data: { media: dates },
      asked: { media: 1 },
    },
    {
      that: 'is not asked for where no object can have it',
      query: '{ feed { ... on Note { id text } } }',
      data: { feed: [{}, {}] },
      asked: { feed: 1 },
    },
  ])
})

describe('a field that is overridden by and by', () => {
  describe.each([
    { label: 'percent(0)', owner: 'old', answers: oldFees, asked: { ledger: 1 } },
    { label: 'percent(100)', owner: 'new', answers: fees, asked: { ledger: 1, payroll: 1 } },
    { label: 'a-label-that-nobody-switches-on', owner: 'old', answers: oldFees, asked: { ledger: 1 } },
  ])('with the label $label', ({ label, owner, answers, asked }) => {
    testCases({ parts: [ledger(), payroll(`@override(from: "ledger", label: "${label}")`)] }, [
      {
        that: `is answered by the ${owner} owner`,
        query: '{ booked { fee } }',
        data: { booked: answers },
        asked,
      },
    ])
  })
})
