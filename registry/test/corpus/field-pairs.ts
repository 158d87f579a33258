import type { Pair } from './pair.ts'

/** Changes of fields. */
export const fieldPairs: readonly Pair[] = [
  {
    title: 'a field is removed',
    before: 'type Query { a: Int b: Int }',
    after: 'type Query { a: Int }',
    told: [['FIELD_REMOVED', 'Query.b', 'breaking']],
  },
  {
    title: 'a deprecated field is removed',
    before: 'type Query { a: Int b: Int @deprecated(reason: "Use a.") }',
    after: 'type Query { a: Int }',
    told: [['FIELD_REMOVED', 'Query.b', 'breaking']],
  },
  {
    title: 'a field is added',
    before: 'type Query { a: Int }',
    after: 'type Query { a: Int b: Int }',
    told: [['FIELD_ADDED', 'Query.b', 'safe']],
  },
  {
    title: 'a field with arguments and a description is added',
    before: 'type Query { a: Int }',
    after: 'type Query { a: Int "New." b(first: Int!): Int }',
    told: [['FIELD_ADDED', 'Query.b', 'safe']],
  },
  {
    title: 'a field becomes nullable',
    before: 'type Query { a: Int! }',
    after: 'type Query { a: Int }',
    told: [['FIELD_TYPE_CHANGED', 'Query.a', 'breaking']],
  },
  {
    title: 'a field becomes non-null',
    before: 'type Query { a: Int }',
    after: 'type Query { a: Int! }',
    told: [['FIELD_TYPE_CHANGED', 'Query.a', 'safe']],
  },
  {
    title: 'a field becomes another scalar',
    before: 'type Query { a: Int }',
    after: 'type Query { a: String }',
    told: [['FIELD_TYPE_CHANGED', 'Query.a', 'breaking']],
  },
  {
    title: 'a field becomes a list',
    before: 'type Query { a: Int }',
    after: 'type Query { a: [Int] }',
    told: [['FIELD_TYPE_CHANGED', 'Query.a', 'breaking']],
  },
  {
    title: 'a list becomes one of non-null items',
    before: 'type Query { a: [Int] }',
    after: 'type Query { a: [Int!] }',
    told: [['FIELD_TYPE_CHANGED', 'Query.a', 'safe']],
  },
  {
    title: 'a list’s items become nullable',
    before: 'type Query { a: [Int!]! }',
    after: 'type Query { a: [Int]! }',
    told: [['FIELD_TYPE_CHANGED', 'Query.a', 'breaking']],
  },
  {
    title: 'a field’s object becomes another with the same fields',
    before: 'type Query { a: A b: B } type A { id: ID } type B { id: ID }',
    after: 'type Query { a: B b: B } type A { id: ID } type B { id: ID }',
    told: [['FIELD_TYPE_CHANGED', 'Query.a', 'breaking']],
  },
  {
    title: 'a field’s interface becomes one of its objects',
    before: 'type Query { a: N b: A } interface N { id: ID } type A implements N { id: ID }',
    after: 'type Query { a: A b: A } interface N { id: ID } type A implements N { id: ID }',
    told: [['FIELD_TYPE_CHANGED', 'Query.a', 'breaking']],
  },
  {
    title: 'a field is renamed',
    before: 'type Query { name: String }',
    after: 'type Query { title: String }',
    told: [
      ['FIELD_REMOVED', 'Query.name', 'breaking'],
      ['FIELD_ADDED', 'Query.title', 'safe'],
    ],
  },
  {
    title: 'a field gets a description',
    before: 'type Query { a: Int }',
    after: 'type Query { "Some." a: Int }',
    told: [['FIELD_DESCRIPTION_ADDED', 'Query.a', 'safe']],
  },
  {
    title: 'a field’s description changes',
    before: 'type Query { "Some." a: Int }',
    after: 'type Query { "Other." a: Int }',
    told: [['FIELD_DESCRIPTION_CHANGED', 'Query.a', 'safe']],
  },
  {
    title: 'a field’s description goes',
    before: 'type Query { "Some." a: Int }',
    after: 'type Query { a: Int }',
    told: [['FIELD_DESCRIPTION_REMOVED', 'Query.a', 'safe']],
  },
  {
    title: 'a field gets a description and becomes nullable: the one does not hide the other',
    before: 'type Query { a: Int! }',
    after: 'type Query { "Some." a: Int }',
    told: [
      ['FIELD_DESCRIPTION_ADDED', 'Query.a', 'safe'],
      ['FIELD_TYPE_CHANGED', 'Query.a', 'breaking'],
    ],
  },
  {
    title: 'a field is deprecated',
    before: 'type Query { a: Int b: Int }',
    after: 'type Query { a: Int b: Int @deprecated(reason: "Use a.") }',
    told: [['FIELD_DEPRECATION_ADDED', 'Query.b.@deprecated', 'safe']],
  },
  {
    title: 'a field is no longer deprecated',
    before: 'type Query { a: Int b: Int @deprecated(reason: "Use a.") }',
    after: 'type Query { a: Int b: Int }',
    told: [['FIELD_DEPRECATION_REMOVED', 'Query.b.@deprecated', 'safe']],
  },
  {
    title: 'the reason of a deprecation changes',
    before: 'type Query { a: Int b: Int @deprecated(reason: "Use a.") }',
    after: 'type Query { a: Int b: Int @deprecated(reason: "Use a!") }',
    told: [['FIELD_DEPRECATION_REASON_CHANGED', 'Query.b.@deprecated', 'safe']],
  },
  {
    title: 'a deprecation gets a reason',
    before: 'type Query { a: Int b: Int @deprecated }',
    after: 'type Query { a: Int b: Int @deprecated(reason: "Use a.") }',
    told: [['FIELD_DEPRECATION_REASON_ADDED', 'Query.b.@deprecated', 'safe']],
  },
  {
    title: 'a deprecation loses its reason',
    before: 'type Query { a: Int b: Int @deprecated(reason: "Use a.") }',
    after: 'type Query { a: Int b: Int @deprecated }',
    told: [['FIELD_DEPRECATION_REASON_REMOVED', 'Query.b', 'safe']],
  },
]
