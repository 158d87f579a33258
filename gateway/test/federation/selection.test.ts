import { describe } from 'vitest'
import { findBy, part, testCases } from './ask.ts'

const acts = [
  { __typename: 'Band', id: 'a1', name: 'The Lanterns', fee: 300 },
  { __typename: 'Solo', id: 'a2', name: 'Night Bus', fee: 500 },
]

const graph = () => {
  const notes: string[] = []
  const fee = ({ id, fee: amount }: { id: string; fee: number }, { times }: { times: number }) => {
    notes.push(`fee ${id}`)
    return amount * times
  }
  const parts = [
    part(
      'acts',
      `type Query { acts(filter: Filter): [Act!]!  band(id: ID!): Band  lone: Band }
      type Mutation { rename(name: String!): Band }
      input Filter { ids: [ID!]  like: Like }
      input Like { name: String }
      interface Act { id: ID!  name: String! }
      type Band implements Act @key(fields: "id") { id: ID!  name: String!  label(of: String): String }
      type Solo implements Act @key(fields: "id") { id: ID!  name: String! }`,
      {
        Query: {
          acts: (_: unknown, { filter }: { filter?: { ids?: string[]; like?: { name?: string } } }) =>
            acts.filter(
              ({ id, name }) =>
                (filter?.ids?.includes(id) ?? true) && name.includes(filter?.like?.name ?? ''),
            ),
          band: (_: unknown, { id }: { id: string }) => findBy(acts, 'id')({ id }),
          lone: () => acts[0],
        },
        Band: { label: (_: unknown, { of }: { of?: string }) => of ?? 'none' },
      },
    ),
    part(
      'fees',
      `interface Act { id: ID!  fee(times: Int! = 1): Int! }
      type Band implements Act @key(fields: "id") { id: ID!  fee(times: Int! = 1): Int! }
      type Solo implements Act @key(fields: "id") { id: ID!  fee(times: Int! = 1): Int! }`,
      {
        Band: { __resolveReference: findBy(acts, 'id'), fee },
        Solo: { __resolveReference: findBy(acts, 'id'), fee },
      },
    ),
  ]
  return { parts, notes }
}

describe('@skip and @include', () => {
  const band = { id: 'a1', name: 'The Lanterns' }
  testCases(graph(), [
    {
      that: 'leave out a field, and the fetch that it alone needs',
      query: 'query Q($on: Boolean!) { band(id: "a1") { id fee @include(if: $on) name @skip(if: $on) } }',
      variables: { on: false },
      data: { band },
      asked: { acts: 1 },
      noted: [],
    },
    {
      that: 'keep a field, and its fetch',
      query: 'query Q($on: Boolean!) { band(id: "a1") { id fee @include(if: $on) name @skip(if: $on) } }',
      variables: { on: true },
      data: { band: { id: 'a1', fee: 300 } },
      asked: { acts: 1, fees: 1 },
      noted: ['fee a1'],
    },
    {
      that: 'hold together on one field',
      query: `query Q($yes: Boolean = true, $no: Boolean = false) { band(id: "a1") { id
        a: fee @include(if: $yes) @skip(if: $yes)  b: fee @include(if: $no) @skip(if: $no)
        c: fee @include(if: $yes) @skip(if: $no) } }`,
      data: { band: { id: 'a1', c: 300 } },
      asked: { acts: 1, fees: 1 },
      noted: ['fee a1'],
    },
    {
      that: 'hold on a fragment of one type alone',
      query: `query Q($bands: Boolean!, $solos: Boolean!) { acts { name
        ... on Band @include(if: $bands) { fee }
        ... on Solo @skip(if: $solos) { fee } } }`,
      variables: { bands: false, solos: false },
      data: { acts: [{ name: 'The Lanterns' }, { name: 'Night Bus', fee: 500 }] },
      asked: { acts: 1, fees: 1 },
      noted: ['fee a2'],
    },
    {
      that: 'hold on fragments within fragments',
      query: `query Q($on: Boolean!) { acts { ...A @include(if: $on) ... @skip(if: $on) { id } } }
        fragment A on Act { ... on Band { name ...B @skip(if: $on) } }
        fragment B on Band { fee }`,
      variables: { on: true },
      data: { acts: [{ name: 'The Lanterns' }, {}] },
      asked: { acts: 1 },
    },
    {
      that: 'do not take away what is asked for elsewhere without them',
      query: 'query Q($on: Boolean!) { band(id: "a1") { fee @include(if: $on) ... on Act { fee } id } }',
      variables: { on: false },
      data: { band: { fee: 300, id: 'a1' } },
    },
    {
      that: 'leave an object with nothing in it',
      query:
        'query Q($on: Boolean!) { band(id: "a1") { fee @include(if: $on) } lone @skip(if: true) { name } }',
      variables: { on: false },
      data: { band: {} },
      noted: [],
    },
    {
      that: 'may leave nothing at all, and nobody is asked',
      query: 'query Q($on: Boolean!) { band(id: "a1") @include(if: $on) { fee } }',
      variables: { on: false },
      data: {},
      asked: {},
    },
  ])
})

describe('aliases, fragments and arguments', () => {
  testCases(graph(), [
    {
      that: 'one entity field twice with different arguments is two fields of one fetch',
      query: '{ acts { fee double: fee(times: 2) } }',
      data: {
        acts: [
          { fee: 300, double: 600 },
          { fee: 500, double: 1000 },
        ],
      },
      asked: { acts: 1, fees: 1 },
    },
    {
      that: 'names may be changed round',
      query: '{ name: band(id: "a1") { id: name name: id fee: label label: fee } }',
      data: { name: { id: 'The Lanterns', name: 'a1', fee: 'none', label: 300 } },
    },
    {
      that: 'one root field twice is asked for in one fetch',
      query: '{ a: band(id: "a1") { name } b: band(id: "zz") { name } c: lone { id } }',
      data: { a: { name: 'The Lanterns' }, b: null, c: { id: 'a1' } },
      asked: { acts: 1 },
    },
    {
      that: 'selections of one field are merged, wherever they stand',
      query: `{ lone { id } ...A ... on Query { lone { fee } } }
        fragment A on Query { lone { name } }`,
      data: { lone: { id: 'a1', name: 'The Lanterns', fee: 300 } },
      asked: { acts: 1, fees: 1 },
    },
    {
      that: 'variables reach into input objects and lists, and into the second fetch',
      query: `query Q($id: ID!, $name: String, $times: Int! = 3) {
        acts(filter: { ids: ["a1", $id], like: { name: $name } }) { fee(times: $times) } }`,
      variables: { id: 'a2', name: 'Night' },
      data: { acts: [{ fee: 1500 }] },
      asked: { acts: 1, fees: 1 },
    },
    {
      that: 'a variable that is left out leaves its argument out, null stays null',
      query:
        'query Q($of: String, $none: String) { lone { label(of: $of) b: label(of: $none) c: label(of: "") } }',
      variables: { none: null },
      data: { lone: { label: 'none', b: 'none', c: '' } },
    },
    {
      that: 'text of any kind arrives as it was sent',
      query:
        'query Q($of: String) { lone { label(of: $of) b: label(of: "\\"\\\\\\n{}$of") c: label(of: """a "b"\n  c""") } }',
      variables: { of: '"}) { x }\u2028\u0000' },
      data: { lone: { label: '"}) { x }\u2028\u0000', b: '"\\\n{}$of', c: 'a "b"\nc' } },
    },
    {
      that: 'fields come in the order in which they were asked for',
      query: '{ lone { fee id name } }',
      data: { lone: { fee: 300, id: 'a1', name: 'The Lanterns' } },
    },
  ])
})
