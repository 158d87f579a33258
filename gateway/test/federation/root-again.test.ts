import { describe } from 'vitest'
import { part, testCases } from './ask.ts'

describe('a root type that is reached again below the root', () => {
  const parts = () => {
    const names = ['North', 'South']
    return [
      part(
        'stages',
        `type Query { stages: [String!]!  self: Query!  selves: [Query!]! }
        type Mutation { addStage(name: String!): Added! }
        type Added { name: String!  query: Query! }`,
        {
          Query: { stages: () => names, self: () => ({}), selves: () => [{}, {}] },
          Mutation: {
            addStage: (_: unknown, { name }: { name: string }) => ({ name: names.push(name) && name }),
          },
          Added: { query: () => ({}) },
        },
      ),
      part(
        'acts',
        `type Query { acts(first: Int!): [Act!]!  lost: String }
        type Act @key(fields: "id") { id: ID! }`,
        {
          Query: {
            acts: (_: unknown, { first }: { first: number }) =>
              ['a1', 'a2'].slice(0, first).map((id) => ({ id })),
            lost: () => Promise.reject(new Error('no')),
          },
        },
      ),
      part('titles', 'type Act @key(fields: "id") { id: ID!  title: String! }', {
        Act: { __resolveReference: ({ id }: { id: string }) => ({ id, title: `The ${id}` }) },
      }),
    ]
  }
  testCases({ parts: parts() }, [
    {
      that: 'is asked for after the mutation that leads there, in every subgraph that has a part of it',
      query: 'mutation { addStage(name: "East") { name query { stages acts(first: 1) { id title } } } }',
      data: {
        addStage: {
          name: 'East',
          query: { stages: ['North', 'South', 'East'], acts: [{ id: 'a1', title: 'The a1' }] },
        },
      },
    },
    {
      that: 'may be reached several times, each with its own arguments',
      query: '{ acts(first: 2) { id } self { acts(first: 1) { title } self { acts(first: 2) { id } } } }',
      data: {
        acts: [{ id: 'a1' }, { id: 'a2' }],
        self: { acts: [{ title: 'The a1' }], self: { acts: [{ id: 'a1' }, { id: 'a2' }] } },
      },
    },
    {
      that: 'is answered for each object of a list, errors at the place of each',
      query: '{ selves { lost acts(first: 1) { title } } }',
      data: {
        selves: [
          { lost: null, acts: [{ title: 'The a1' }] },
          { lost: null, acts: [{ title: 'The a1' }] },
        ],
      },
      errors: ['selves.0.lost', 'selves.1.lost'],
    },
  ])
})
