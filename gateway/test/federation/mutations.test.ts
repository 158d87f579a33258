import { describe } from 'vitest'
import { part, testCases } from './ask.ts'

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

/** Tickets on a counter that three subgraphs change, some of them slowly. */
const graph = () => {
  const notes: string[] = []
  const counter = { value: 0 }
  const change =
    (name: string, ms: number, to: (value: number, by: number) => number) =>
    async (_: unknown, { by }: { by: number }) => {
      notes.push(`${notes.length + 1} ${name} ${by}`)
      await pause(ms)
      counter.value = to(counter.value, by)
      return counter.value
    }
  const set = (_: unknown, { to }: { to: number }) => {
    counter.value = to
    return to
  }
  const order = (number: number) => ({ number, total: number * 10 })
  const parts = [
    part(
      'sums',
      `type Query { value: Int! }
      type Mutation { set(to: Int!): Int!  add(by: Int!): Int!  reserve(number: Int!): Order!  mark(by: Int!): Int! @shareable }
      type Order @key(fields: "number") { number: Int!  total: Int! }`,
      {
        Query: { value: () => counter.value },
        Mutation: {
          set,
          add: change('add', 20, (value, by) => value + by),
          mark: change('mark', 0, (value, by) => value + by),
          reserve: (_: unknown, { number }: { number: number }) => order(number),
        },
        Order: { __resolveReference: ({ number }: { number: number }) => order(number) },
      },
    ),
    part(
      'products',
      `type Mutation { multiply(by: Int!): Int!  mark(by: Int!): Int! @shareable }
      type Order @key(fields: "number") {
        number: Int!  total: Int! @external  isLarge: Boolean! @requires(fields: "total")  note: String!
      }`,
      {
        Mutation: {
          multiply: change('multiply', 0, (value, by) => value * by),
          mark: change('mark', 0, (value, by) => value + by),
        },
        Order: { isLarge: ({ total }: { total: number }) => total > 50, note: () => 'paid' },
      },
    ),
    part('faults', 'type Mutation { fail(by: Int!): Int  failHard(by: Int!): Int! }', {
      Mutation: {
        fail: () => Promise.reject(new Error('no')),
        failHard: () => Promise.reject(new Error('no')),
      },
    }),
  ]
  return { parts, notes }
}

describe('mutations', () => {
  testCases(graph(), [
    {
      that: 'run one after another over subgraphs, in the order of the document',
      query: `mutation { set(to: 1) five: add(by: 4) ten: multiply(by: 2) twelve: add(by: 2) last: multiply(by: 3) }`,
      data: { set: 1, five: 5, ten: 10, twelve: 12, last: 36 },
      noted: ['1 add 4', '2 multiply 2', '3 add 2', '4 multiply 3'],
    },
    {
      that: 'that stand together in one subgraph are one fetch',
      query: 'mutation { set(to: 2) a: add(by: 1) b: add(by: 1) c: multiply(by: 5) }',
      data: { set: 2, a: 3, b: 4, c: 20 },
      asked: { sums: 1, products: 1 },
    },
    {
      that: 'that two subgraphs share run in one of them, once',
      query: 'mutation { set(to: 0) mark(by: 7) }',
      data: { set: 0, mark: 7 },
      noted: ['1 mark 7'],
    },
    {
      that: 'give entities that other subgraphs complete, with variables',
      query: 'mutation M($number: Int!) { reserve(number: $number) { number total isLarge note } }',
      variables: { number: 7 },
      data: { reserve: { number: 7, total: 70, isLarge: true, note: 'paid' } },
      asked: { sums: 1, products: 1 },
    },
    {
      that: 'give entities whose required fields nobody asked for',
      query: 'mutation { reserve(number: 2) { isLarge } }',
      data: { reserve: { isLarge: false } },
      asked: { sums: 1, products: 1 },
    },
    {
      that: 'go on after one that failed and may be null',
      query: 'mutation { set(to: 5) fail(by: 1) add(by: 1) }',
      data: { set: 5, fail: null, add: 6 },
      errors: ['fail'],
    },
    {
      that: 'take all data along when one fails that may not be null',
      query: 'mutation { set(to: 5) failHard(by: 1) }',
      data: null,
      errors: ['failHard'],
    },
    {
      that: 'that are skipped do not run',
      query:
        'mutation M($on: Boolean!) { set(to: 3) add(by: 1) @include(if: $on) multiply(by: 2) @skip(if: $on) }',
      variables: { on: false },
      data: { set: 3, multiply: 6 },
      noted: ['1 multiply 2'],
    },
  ])
})
