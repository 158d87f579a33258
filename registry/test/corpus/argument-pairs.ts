import type { Pair } from './pair.ts'

/** Changes of arguments. */
export const argumentPairs: readonly Pair[] = [
  {
    title: 'an argument is removed',
    before: 'type Query { a(x: Int, y: Int): Int }',
    after: 'type Query { a(x: Int): Int }',
    told: [['FIELD_ARGUMENT_REMOVED', 'Query.a.y', 'breaking']],
  },
  {
    title: 'an optional argument is added',
    before: 'type Query { a: Int }',
    after: 'type Query { a(x: Int): Int }',
    told: [['FIELD_ARGUMENT_ADDED', 'Query.a.x', 'dangerous']],
  },
  {
    title: 'a required argument is added',
    before: 'type Query { a: Int }',
    after: 'type Query { a(x: Int!): Int }',
    told: [['FIELD_ARGUMENT_ADDED', 'Query.a.x', 'breaking']],
  },
  {
    title: 'a required argument with a default is added',
    before: 'type Query { a: Int }',
    after: 'type Query { a(x: Int! = 1): Int }',
    told: [['FIELD_ARGUMENT_ADDED', 'Query.a.x', 'dangerous']],
  },
  {
    title: 'an argument becomes required',
    before: 'type Query { a(x: Int): Int }',
    after: 'type Query { a(x: Int!): Int }',
    told: [['FIELD_ARGUMENT_TYPE_CHANGED', 'Query.a.x', 'breaking']],
  },
  {
    title: 'an argument becomes optional',
    before: 'type Query { a(x: Int!): Int }',
    after: 'type Query { a(x: Int): Int }',
    told: [['FIELD_ARGUMENT_TYPE_CHANGED', 'Query.a.x', 'safe']],
  },
  {
    title: 'an argument becomes another scalar',
    before: 'type Query { a(x: Int): Int }',
    after: 'type Query { a(x: ID): Int }',
    told: [['FIELD_ARGUMENT_TYPE_CHANGED', 'Query.a.x', 'breaking']],
  },
  {
    title: 'an argument becomes a list',
    before: 'type Query { a(x: Int): Int }',
    after: 'type Query { a(x: [Int]): Int }',
    told: [['FIELD_ARGUMENT_TYPE_CHANGED', 'Query.a.x', 'breaking']],
  },
  {
    title: 'an argument’s default changes',
    before: 'type Query { a(x: Int = 1): Int }',
    after: 'type Query { a(x: Int = 2): Int }',
    told: [['FIELD_ARGUMENT_DEFAULT_CHANGED', 'Query.a.x', 'dangerous']],
  },
  {
    title: 'an argument gets a default',
    before: 'type Query { a(x: Int): Int }',
    after: 'type Query { a(x: Int = 2): Int }',
    told: [['FIELD_ARGUMENT_DEFAULT_CHANGED', 'Query.a.x', 'dangerous']],
  },
  {
    title: 'a required argument loses its default',
    before: 'type Query { a(x: Int! = 1): Int }',
    after: 'type Query { a(x: Int!): Int }',
    told: [['FIELD_ARGUMENT_DEFAULT_CHANGED', 'Query.a.x', 'dangerous']],
  },
  {
    title: 'an argument’s description changes',
    before: 'type Query { a("Some." x: Int): Int }',
    after: 'type Query { a("Other." x: Int): Int }',
    told: [['FIELD_ARGUMENT_DESCRIPTION_CHANGED', 'Query.a.x', 'safe']],
  },
  {
    title: 'an argument is deprecated',
    before: 'type Query { a(x: Int, y: Int): Int }',
    after: 'type Query { a(x: Int, y: Int @deprecated(reason: "Use x.")): Int }',
    told: [['DIRECTIVE_USAGE_ARGUMENT_DEFINITION_ADDED', 'Query.a.y.@deprecated', 'safe']],
  },
  {
    title: 'an argument is renamed',
    before: 'type Query { a(x: Int): Int }',
    after: 'type Query { a(size: Int): Int }',
    told: [
      ['FIELD_ARGUMENT_REMOVED', 'Query.a.x', 'breaking'],
      ['FIELD_ARGUMENT_ADDED', 'Query.a.size', 'dangerous'],
    ],
  },
]
