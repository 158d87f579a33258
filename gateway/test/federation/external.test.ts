import { describe } from 'vitest'
import { subgraph } from '../support.ts'
import { type Case, findBy, part, testCases } from './ask.ts'

const guests = [
  { id: 'g1', name: 'Ada', nickname: 'A.', wristband: 'w1' },
  { id: 'g2', name: 'Ben', nickname: 'B.', wristband: 'w2' },
]
const [ada, ben] = guests

const guestFields = 'id: ID!  name: String!  nickname: String'
const ownerResolvers = {
  Query: { guest: (_: unknown, { id }: { id: string }) => findBy(guests, 'id')({ id }) },
  Guest: { __resolveReference: findBy(guests, 'id') },
}
const doorResolvers = {
  Query: {
    arriving: () => ({ id: 'g1', wristband: 'w1' }),
    named: () => ({ id: 'g2', name: 'Ben', wristband: 'w2' }),
  },
  Guest: {
    __resolveReference: findBy(
      guests.map(({ id, wristband }) => ({ id, wristband })),
      'id',
    ),
  },
}

/** What holds however the door writes that guests are somebody else's. */
const cases: readonly Case[] = [
  {
    that: 'the key, though external, is answered where it is',
    query: '{ arriving { id wristband } }',
    data: { arriving: { id: 'g1', wristband: 'w1' } },
    asked: { door: 1 },
  },
  {
    that: 'an external field is fetched from its owner',
    query: '{ arriving { name nickname } }',
    data: { arriving: { name: ada?.name, nickname: 'A.' } },
    asked: { door: 1, guests: 1 },
  },
  {
    that: 'an external field that is provided is answered where it is',
    query: '{ named { name wristband } }',
    data: { named: { name: ben?.name, wristband: 'w2' } },
    asked: { door: 1 },
  },
  {
    that: 'the owner’s entity gets the other’s fields',
    query: '{ guest(id: "g2") { nickname wristband } }',
    data: { guest: { nickname: 'B.', wristband: 'w2' } },
    asked: { guests: 1, door: 1 },
  },
]

const doorQuery = 'type Query { arriving: Guest  named: Guest @provides(fields: "name") }'
const externals = 'id: ID! @external  name: String! @external  wristband: ID'

describe('Federation 1', () => {
  const owner = subgraph(
    'guests',
    `type Query { guest(id: ID!): Guest }\n type Guest @key(fields: "id") { ${guestFields} }`,
    ownerResolvers,
  )
  describe('with @extends', () => {
    const door = subgraph(
      'door',
      `${doorQuery} type Guest @extends @key(fields: "id") { ${externals} }`,
      doorResolvers,
    )
    testCases({ parts: [owner, door] }, cases)
  })
  describe('with extend type', () => {
    const door = subgraph(
      'door',
      `${doorQuery} extend type Guest @key(fields: "id") { ${externals} }`,
      doorResolvers,
    )
    testCases({ parts: [owner, door] }, cases)
  })
})

describe('Federation 2', () => {
  const owner = part(
    'guests',
    `type Query { guest(id: ID!): Guest }
    type Guest @key(fields: "id") { id: ID!  name: String! @shareable  nickname: String }`,
    ownerResolvers,
  )
  describe('with @extends', () => {
    const door = part(
      'door',
      `${doorQuery} type Guest @extends @key(fields: "id") { ${externals} }`,
      doorResolvers,
    )
    testCases({ parts: [owner, door] }, cases)
  })
  describe('with extend type', () => {
    const door = part(
      'door',
      `${doorQuery} extend type Guest @key(fields: "id") { ${externals} }`,
      doorResolvers,
    )
    testCases({ parts: [owner, door] }, cases)
  })
  describe('with a plain type', () => {
    const fields = 'id: ID!  name: String! @external  wristband: ID'
    const door = part('door', `${doorQuery} type Guest @key(fields: "id") { ${fields} }`, doorResolvers)
    testCases({ parts: [owner, door] }, cases)
  })
})

describe('an extension of Federation 1 with keys that are external', () => {
  const parts = [
    subgraph(
      'catalogue',
      'type Query { item: Item }\n type Item @key(fields: "id") { id: ID!  name: String  shelf: ID }',
      {
        Query: { item: () => ({ id: 'i1', name: 'Poster', shelf: 's9' }) },
        Item: { __resolveReference: () => ({ id: 'i1', name: 'Poster', shelf: 's9' }) },
      },
    ),
    subgraph(
      'till',
      `type Query { sold: Item }
      extend type Item @key(fields: "id name") @key(fields: "code") {
        id: ID @external  name: String @external  code: String @external  price: Int!
      }`,
      {
        Query: { sold: () => ({ id: 'i1', name: 'Poster', code: 'c', price: 15 }) },
        Item: {
          __resolveReference: ({ id, name }: { id: string; name: string }) =>
            name === 'Poster' ? { id, name, price: 15 } : null,
        },
      },
    ),
  ]
  testCases({ parts }, [
    {
      that: 'is asked with all fields of the key that can be had',
      query: '{ item { shelf price } }',
      data: { item: { shelf: 's9', price: 15 } },
      asked: { catalogue: 1, till: 1 },
    },
    {
      that: 'leads back to the owner by the owner’s key',
      query: '{ sold { id name shelf price } }',
      data: { sold: { id: 'i1', name: 'Poster', shelf: 's9', price: 15 } },
      asked: { till: 1, catalogue: 1 },
    },
  ])
})

describe('an extension whose external key its own root field returns', () => {
  const parts = [
    part(
      'prices',
      `extend type Ticket @key(fields: "id") { id: ID! @external  price: Int }
      type Query { cheapest: Ticket }`,
      {
        Query: { cheapest: () => ({ id: 't1', price: 9 }) },
        Ticket: { __resolveReference: ({ id }: { id: string }) => ({ id, price: 9 }) },
      },
    ),
    part(
      'tickets',
      'type Ticket @key(fields: "id") { id: ID!  tier: String! }\n type Query { tickets: [Ticket!]! }',
      {
        Query: { tickets: () => [{ id: 't1', tier: 'Balcony' }] },
        Ticket: { __resolveReference: ({ id }: { id: string }) => ({ id, tier: 'Balcony' }) },
      },
    ),
  ]
  testCases({ parts }, [
    {
      that: 'is followed from there',
      query: '{ cheapest { id price tier } tickets { tier price id } }',
      data: {
        cheapest: { id: 't1', price: 9, tier: 'Balcony' },
        tickets: [{ tier: 'Balcony', price: 9, id: 't1' }],
      },
      asked: { prices: 2, tickets: 2 },
    },
  ])
})
