import type { Pair } from './pair.ts'

/** Changes of the roots, and none. */
export const rootPairs: readonly Pair[] = [
  {
    title: 'mutations are removed',
    before: 'type Query { a: Int } type Mutation { b: Int }',
    after: 'type Query { a: Int }',
    told: [
      ['SCHEMA_MUTATION_TYPE_CHANGED', '', 'breaking'],
      ['TYPE_REMOVED', 'Mutation', 'breaking'],
    ],
  },
  {
    title: 'mutations are added',
    before: 'type Query { a: Int }',
    after: 'type Query { a: Int } type Mutation { b: Int }',
    told: [
      ['SCHEMA_MUTATION_TYPE_CHANGED', '', 'safe'],
      ['TYPE_ADDED', 'Mutation', 'safe'],
    ],
  },
  {
    title: 'subscriptions are removed',
    before: 'type Query { a: Int } type Subscription { b: Int }',
    after: 'type Query { a: Int }',
    told: [
      ['SCHEMA_SUBSCRIPTION_TYPE_CHANGED', '', 'breaking'],
      ['TYPE_REMOVED', 'Subscription', 'breaking'],
    ],
  },
  {
    title: 'subscriptions are added',
    before: 'type Query { a: Int }',
    after: 'type Query { a: Int } type Subscription { b: Int }',
    told: [
      ['SCHEMA_SUBSCRIPTION_TYPE_CHANGED', '', 'safe'],
      ['TYPE_ADDED', 'Subscription', 'safe'],
    ],
  },
  {
    title: 'the root of queries is renamed',
    before: 'schema { query: Root } type Root { a: Int }',
    after: 'schema { query: Query } type Query { a: Int }',
    told: [
      ['SCHEMA_QUERY_TYPE_CHANGED', '', 'breaking'],
      ['TYPE_REMOVED', 'Root', 'breaking'],
      ['TYPE_ADDED', 'Query', 'safe'],
    ],
    composed: [],
  },
  {
    title: 'nothing changes but the order',
    before: 'type Query { a: Int b: Int } type A { x: Int } type B { y: Int }',
    after: 'type B { y: Int } type A { x: Int } type Query { b: Int a: Int }',
    told: [],
  },
]
