import type { Pair } from './pair.ts'

/** Changes of types as a whole. */
export const typePairs: readonly Pair[] = [
  {
    title: 'a type and the field that leads to it are removed',
    before: 'type Query { a: Int t: T } type T { id: ID }',
    after: 'type Query { a: Int }',
    told: [
      ['TYPE_REMOVED', 'T', 'breaking'],
      ['FIELD_REMOVED', 'Query.t', 'breaking'],
    ],
  },
  {
    title: 'a type that nothing leads to is removed',
    before: 'type Query { a: Int } type T { id: ID }',
    after: 'type Query { a: Int }',
    told: [['TYPE_REMOVED', 'T', 'breaking']],
  },
  {
    title: 'a type is added',
    before: 'type Query { a: Int }',
    after: 'type Query { a: Int t: T } "Some." type T { "Its." id: ID s(x: Int!): E } enum E { A B }',
    told: [
      ['TYPE_ADDED', 'T', 'safe'],
      ['TYPE_ADDED', 'E', 'safe'],
      ['FIELD_ADDED', 'Query.t', 'safe'],
    ],
  },
  {
    title: 'an object becomes an interface',
    before: 'type Query { t: T u: U } type T { id: ID } type U { id: ID }',
    after: 'type Query { t: T u: U } interface T { id: ID } type U implements T { id: ID }',
    told: [
      ['TYPE_KIND_CHANGED', 'T', 'breaking'],
      ['OBJECT_TYPE_INTERFACE_ADDED', 'U', 'dangerous'],
    ],
  },
  {
    title: 'a scalar becomes an enum',
    before: 'type Query { t: T } scalar T',
    after: 'type Query { t: T } enum T { A }',
    told: [['TYPE_KIND_CHANGED', 'T', 'breaking']],
  },
  {
    title: 'a type gets a description',
    before: 'type Query { t: T } type T { id: ID }',
    after: 'type Query { t: T } "Some." type T { id: ID }',
    told: [['TYPE_DESCRIPTION_ADDED', 'T', 'safe']],
  },
  {
    title: 'a type’s description changes',
    before: 'type Query { t: T } "Some." type T { id: ID }',
    after: 'type Query { t: T } "Other." type T { id: ID }',
    told: [['TYPE_DESCRIPTION_CHANGED', 'T', 'safe']],
  },
  {
    title: 'a type’s description goes',
    before: 'type Query { t: T } "Some." type T { id: ID }',
    after: 'type Query { t: T } type T { id: ID }',
    told: [['TYPE_DESCRIPTION_REMOVED', 'T', 'safe']],
  },
  {
    title: 'a type gets a description and loses a field: the one does not hide the other',
    before: 'type Query { t: T } type T { id: ID x: Int }',
    after: 'type Query { t: T } "Some." type T { id: ID }',
    told: [
      ['FIELD_REMOVED', 'T.x', 'breaking'],
      ['TYPE_DESCRIPTION_ADDED', 'T', 'safe'],
    ],
  },
  {
    title: 'a scalar is removed',
    before: 'type Query { a: Int t: T } scalar T',
    after: 'type Query { a: Int }',
    told: [
      ['TYPE_REMOVED', 'T', 'breaking'],
      ['FIELD_REMOVED', 'Query.t', 'breaking'],
    ],
  },
]
