import { describe } from 'vitest'
import { findBy, part, testCases } from './ask.ts'

const venues = [
  { id: 'v1', code: 'ARENA', name: 'Arena', seats: 900 },
  { id: 'v2', code: 'BARN', name: 'Barn', seats: 80 },
]
const events = [
  { id: 'e1', title: 'Opening', venue: { id: 'v1' } },
  { id: 'e2', title: 'Encore', venue: { id: 'v1' } },
  { id: 'e3', title: 'Hoedown', venue: { id: 'v2' } },
]

describe('keys that lead from one to the next', () => {
  const notes: string[] = []
  const noting =
    (name: string, find: (reference: { id: string; code: string }) => unknown) =>
    (reference: { id: string; code: string }) => {
      notes.push(`${name} ${reference.id ?? reference.code}`)
      return find(reference)
    }
  const parts = [
    part(
      'events',
      `type Query { events: [Event!]!  event(id: ID!): Event }
      type Event @key(fields: "id") { id: ID!  title: String!  venue: Venue }
      type Venue @key(fields: "id", resolvable: false) { id: ID! }`,
      {
        Query: {
          events: () => events,
          event: (_: unknown, { id }: { id: string }) => findBy(events, 'id')({ id }),
        },
        Event: { __resolveReference: findBy(events, 'id') },
      },
    ),
    part(
      'venues',
      `type Query { venue(code: String!): Venue }
      type Venue @key(fields: "id") @key(fields: "code") { id: ID!  code: String!  name: String! }`,
      {
        Query: { venue: (_: unknown, { code }: { code: string }) => findBy(venues, 'code')({ code }) },
        Venue: { __resolveReference: noting('venues', findBy(venues, 'id')) },
      },
    ),
    part(
      'seats',
      `type Query { largest: Venue }
      type Venue @key(fields: "code") { code: String!  seats: Int! }`,
      {
        Query: { largest: () => venues[0] },
        Venue: { __resolveReference: noting('seats', findBy(venues, 'code')) },
      },
    ),
  ]
  testCases({ parts, notes }, [
    {
      that: 'a key that was asked for anyway needs no second subgraph',
      query: '{ events { title venue { id } } }',
      data: { events: events.map(({ title, venue }) => ({ title, venue })) },
      asked: { events: 1 },
    },
    {
      that: 'an entity that stands in a list twice is fetched once, and is put in both places',
      query: '{ events { venue { name } } }',
      data: { events: ['Arena', 'Arena', 'Barn'].map((name) => ({ venue: { name } })) },
      asked: { events: 1, venues: 1 },
      noted: ['venues v1', 'venues v2'],
    },
    {
      that: 'a subgraph with another key is reached through one that has both',
      query: '{ event(id: "e3") { title venue { seats } } }',
      data: { event: { title: 'Hoedown', venue: { seats: 80 } } },
      asked: { events: 1, venues: 1, seats: 1 },
      noted: ['venues v2', 'seats BARN'],
    },
    {
      that: 'what the subgraph on the way has is got by the way',
      query: '{ event(id: "e3") { venue { seats name code id } } }',
      data: { event: { venue: { seats: 80, name: 'Barn', code: 'BARN', id: 'v2' } } },
      asked: { events: 1, venues: 1, seats: 1 },
    },
    {
      that: 'the second key of an entity leads straight to another subgraph',
      query: '{ venue(code: "BARN") { name seats } }',
      data: { venue: { name: 'Barn', seats: 80 } },
      asked: { venues: 1, seats: 1 },
    },
    {
      that: 'an entity that is not there is null, and nothing is fetched for it',
      query: '{ event(id: "none") { venue { name seats } } }',
      data: { event: null },
      asked: { events: 1 },
    },
  ])
})

describe('keys of several and of nested fields', () => {
  const tickets = [
    { event: 'e1', number: 1, holder: 'Ada', place: { hall: { name: 'Main' }, row: 'A' } },
    { event: 'e1', number: 2, holder: 'Ben', place: { hall: { name: 'Main' }, row: 'B' } },
    { event: 'e2', number: 1, holder: 'Cem', place: { hall: { name: 'Side' }, row: 'A' } },
  ]
  const scans = [
    { event: 'e1', number: 1, gate: 'North' },
    { event: 'e2', number: 1, gate: 'South' },
  ]
  const rows = [
    { hall: { name: 'Main' }, row: 'A', view: 'close' },
    { hall: { name: 'Main' }, row: 'B', view: 'far' },
    { hall: { name: 'Side' }, row: 'A', view: 'aside' },
  ]
  const bills = [{ acts: [{ id: 'a1' }, { id: 'a2' }], fee: 700 }]
  const parts = [
    part(
      'tickets',
      `type Query { tickets: [Ticket!]!  bill: Bill }
      type Ticket @key(fields: "event number") { event: ID!  number: Int!  holder: String!  place: Place! }
      type Place @key(fields: "hall { name } row") { hall: Hall!  row: String! }
      type Hall @shareable { name: String! }
      type Bill @key(fields: "acts { id }") { acts: [Act!]! }
      type Act @shareable { id: ID! }`,
      { Query: { tickets: () => tickets, bill: () => ({ acts: [{ id: 'a1' }, { id: 'a2' }] }) } },
    ),
    part('scans', 'type Ticket @key(fields: "event number") { event: ID!  number: Int!  gate: String }', {
      Ticket: { __resolveReference: findBy(scans, 'event', 'number') },
    }),
    part(
      'views',
      `type Place @key(fields: "hall { name } row") { hall: Hall!  row: String!  view: String }
      type Hall @shareable { name: String! }
      type Bill @key(fields: "acts { id }") { acts: [Act!]!  fee: Int! }
      type Act @shareable { id: ID! }`,
      {
        Place: { __resolveReference: findBy(rows, 'row', 'hall') },
        Bill: { __resolveReference: findBy(bills, 'acts') },
      },
    ),
  ]
  testCases({ parts }, [
    {
      that: 'entities that share a part of their key are told apart',
      query: '{ tickets { gate } }',
      data: { tickets: [{ gate: 'North' }, { gate: null }, { gate: 'South' }] },
      asked: { tickets: 1, scans: 1 },
    },
    {
      that: 'a key may reach into an object',
      query: '{ tickets { holder place { view } } }',
      data: {
        tickets: [
          { holder: 'Ada', place: { view: 'close' } },
          { holder: 'Ben', place: { view: 'far' } },
          { holder: 'Cem', place: { view: 'aside' } },
        ],
      },
      asked: { tickets: 1, views: 1 },
    },
    {
      that: 'a key may reach into a list',
      query: '{ bill { fee } }',
      data: { bill: { fee: 700 } },
      asked: { tickets: 1, views: 1 },
    },
    {
      that: 'key fields under aliases are both key and answer',
      query: '{ tickets { show: event gate seat: number } }',
      data: {
        tickets: [
          { show: 'e1', gate: 'North', seat: 1 },
          { show: 'e1', gate: null, seat: 2 },
          { show: 'e2', gate: 'South', seat: 1 },
        ],
      },
    },
    {
      that: 'an alias that bears a key field’s name is not taken for the key',
      query: '{ tickets { number: holder event: gate } }',
      data: {
        tickets: [
          { number: 'Ada', event: 'North' },
          { number: 'Ben', event: null },
          { number: 'Cem', event: 'South' },
        ],
      },
    },
  ])
})

describe('subgraphs that each know other keys of one entity', () => {
  const passes = [
    { serial: 'p1', holder: { first: 'Ada', last: 'Byron', born: '1815' }, zone: 'Stage' },
    { serial: 'p2', holder: { first: 'Emmy', last: 'Noether', born: '1882' }, zone: 'Lounge' },
  ]
  const parts = [
    part(
      'zones',
      `type Pass @key(fields: "serial") @key(fields: "holder { first last }", resolvable: false)
        @key(fields: "serial holder { last born }", resolvable: false) {
        serial: ID!  holder: Holder!  zone: String!
      }
      type Holder @shareable { first: String!  last: String!  born: String! }`,
      {
        Pass: {
          __resolveReference: ({ serial }: { serial: string }) => findBy(passes, 'serial')({ serial }),
        },
      },
    ),
    part(
      'desk',
      `type Query { issued: [Pass!]! }
      type Pass @key(fields: "holder { first last }", resolvable: false) @key(fields: "serial holder { last born }")
        @key(fields: "serial", resolvable: false) {
        serial: ID!  holder: Holder!  zone: String! @external  badge: String! @requires(fields: "zone")
      }
      type Holder @shareable { first: String!  last: String!  born: String! }`,
      {
        Query: { issued: () => passes.map(({ serial, holder }) => ({ serial, holder })) },
        Pass: {
          __resolveReference: (pass: { serial: string; zone?: string; holder: Record<string, string> }) => {
            if (!pass.holder['born'] || !pass.holder['last']) throw new Error('not a key')
            return pass
          },
          badge: ({ serial, zone }: { serial: string; zone: string }) => `${serial} for ${zone}`,
        },
      },
    ),
  ]
  testCases({ parts }, [
    {
      that: 'each is asked with all fields of a key that it resolves',
      query: '{ issued { serial zone badge } }',
      data: {
        issued: [
          { serial: 'p1', zone: 'Stage', badge: 'p1 for Stage' },
          { serial: 'p2', zone: 'Lounge', badge: 'p2 for Lounge' },
        ],
      },
      asked: { desk: 2, zones: 1 },
    },
    {
      that: 'fields of a key that the client did not ask for stay out of the answer',
      query: '{ issued { holder { first } badge } }',
      data: {
        issued: [
          { holder: { first: 'Ada' }, badge: 'p1 for Stage' },
          { holder: { first: 'Emmy' }, badge: 'p2 for Lounge' },
        ],
      },
      asked: { desk: 2, zones: 1 },
    },
  ])
})
