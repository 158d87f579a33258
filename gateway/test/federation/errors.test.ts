import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Served, serve } from '../support.ts'
import { part, testCases } from './ask.ts'

const refuse = (what: string) => () => {
  throw new Error(`no ${what}`)
}

describe('errors of subgraphs', () => {
  const parts = [
    part(
      'events',
      `type Query { events: [Event!]!  event: Event  sure: Event!  broken: Event  rows: [[Event]!] }
      type Event @key(fields: "id") { id: ID!  title: String  stage: Stage  tag: String! }
      type Stage { event: Event! }`,
      {
        Query: {
          events: () => ['e1', 'e2', 'e3'].map((id) => ({ id })),
          event: () => ({ id: 'e1' }),
          sure: () => ({ id: 'e2' }),
          broken: refuse('event'),
          rows: () => [[{ id: 'e1' }], [null, { id: 'e2' }]],
        },
        Event: {
          title: ({ id }: { id: string }) => {
            if (id === 'e2') throw new Error('no title')
            return `Title ${id}`
          },
          stage: ({ id }: { id: string }) => ({ event: { id } }),
          tag: ({ id }: { id: string }) => (id === 'e3' ? null : `#${id}`),
        },
      },
    ),
    part(
      'sales',
      `type Query { total: Int }
      type Event @key(fields: "id") { id: ID!  sold: Int  left: Int!  orders: [Order!]  flags: [Int!] }
      type Order { number: Int!  buyer: String }`,
      {
        Query: { total: refuse('total') },
        Event: {
          __resolveReference: async ({ id }: { id: string }) => {
            if (id === 'e3') throw new Error('no event')
            return { id, flags: id === 'e2' ? [1, null] : [1] }
          },
          sold: ({ id }: { id: string }) => (id === 'e2' ? refuse('count')() : 7),
          left: ({ id }: { id: string }) => (id === 'e2' ? refuse('count')() : 3),
          orders: () => [
            { number: 1, buyer: 'Ada' },
            { number: 2, buyer: refuse('buyer') },
          ],
        },
      },
    ),
  ]
  testCases({ parts }, [
    {
      that: 'leave what other fields have',
      query: '{ event { id title } broken { id } total }',
      data: { event: { id: 'e1', title: 'Title e1' }, broken: null, total: null },
      errors: ['broken', 'total'],
    },
    {
      that: 'name the place in the client’s words, with aliases and numbers in lists',
      query: '{ all: events { name: title } }',
      data: { all: [{ name: 'Title e1' }, { name: null }, { name: 'Title e3' }] },
      errors: ['all.1.name'],
    },
    {
      that: 'in an entity’s field name the place where the entity stands',
      query: '{ all: events { id count: sold } }',
      data: {
        all: [
          { id: 'e1', count: 7 },
          { id: 'e2', count: null },
          { id: 'e3', count: null },
        ],
      },
      errors: ['all.1.count', 'all.2'],
    },
    {
      that: 'below an entity’s field name the place below it',
      query: '{ event { stage { event { orders { who: buyer number } } } } }',
      data: {
        event: {
          stage: {
            event: {
              orders: [
                { who: 'Ada', number: 1 },
                { who: null, number: 2 },
              ],
            },
          },
        },
      },
      errors: ['event.stage.event.orders.1.who'],
    },
    {
      that: 'in lists of lists name each number',
      query: '{ rows { sold } }',
      data: { rows: [[{ sold: 7 }], [null, { sold: null }]] },
      errors: ['rows.1.1.sold'],
    },
    {
      that: 'in a field that may not be null take the entity along, and say so once',
      query: '{ event { left } rows { id left } }',
      data: { event: { left: 3 }, rows: [[{ id: 'e1', left: 3 }], [null, null]] },
      errors: ['rows.1.1.left'],
    },
    {
      that: 'take all that may not be null along, up to the data',
      query: '{ event { id } sure { left } }',
      data: null,
      errors: ['sure.left'],
    },
    {
      that: 'in a list whose items may not be null take the list',
      query: '{ sure { flags } event { flags } }',
      data: { sure: { flags: null }, event: { flags: [1] } },
      errors: ['sure.flags.1'],
    },
    {
      that: 'of null where the subgraph itself must not have it name the place, and take what is above',
      query: '{ events { tag } }',
      data: null,
      errors: ['events.2.tag'],
    },
    {
      that: 'name every place where an entity stands that was fetched once',
      query: '{ sure { sold } again: sure { stage { event { sold } } } }',
      data: { sure: { sold: null }, again: { stage: { event: { sold: null } } } },
      errors: ['sure.sold', 'again.stage.event.sold'],
    },
  ])
})

describe('a subgraph that fails as a whole', () => {
  const parts = [
    part('events', 'type Query { events: [Event!]! }\n type Event @key(fields: "id") { id: ID! }', {
      Query: { events: () => [{ id: 'e1' }, { id: 'e2' }] },
    }),
    part(
      'sales',
      'type Query { total: Int  count: Int }\n type Event @key(fields: "id") { id: ID!  sold: Int }',
      {},
    ),
  ]
  let served: Served
  beforeAll(async () => {
    const sales = { execute: () => Promise.reject(new Error('gone')) }
    served = await serve(parts, 'in-process', { moved: { sales } })
  })
  afterAll(() => served.close())

  test('leaves what the others have, with an error at the place of its entities', async () => {
    const { body } = await served.post({ query: '{ all: events { id sold } }' })
    expect(body.data).toEqual({
      all: [
        { id: 'e1', sold: null },
        { id: 'e2', sold: null },
      ],
    })
    expect(body.errors?.length).toBeGreaterThan(0)
    for (const { path, extensions } of body.errors ?? []) {
      expect(path?.[0]).toBe('all')
      expect(path).not.toContain('_entities')
      expect(path).not.toContain('@')
      expect(extensions.code).toBe('SUBGRAPH_UNAVAILABLE')
    }
  })

  test('leaves its root fields null, with an error', async () => {
    const { body } = await served.post({ query: '{ total events { id } sum: total }' })
    expect(body.data).toEqual({ total: null, events: [{ id: 'e1' }, { id: 'e2' }], sum: null })
    expect(body.errors?.[0]?.extensions.code).toBe('SUBGRAPH_UNAVAILABLE')
  })
})
