import type { Pair } from './pair.ts'

/** Changes of unions and interfaces. */
export const abstractPairs: readonly Pair[] = [
  {
    title: 'a member leaves a union',
    before: 'type Query { u: U a: A b: B } union U = A | B type A { id: ID } type B { id: ID }',
    after: 'type Query { u: U a: A b: B } union U = A type A { id: ID } type B { id: ID }',
    told: [['UNION_MEMBER_REMOVED', 'U', 'breaking']],
  },
  {
    title: 'a member joins a union',
    before: 'type Query { u: U a: A b: B } union U = A type A { id: ID } type B { id: ID }',
    after: 'type Query { u: U a: A b: B } union U = A | B type A { id: ID } type B { id: ID }',
    told: [['UNION_MEMBER_ADDED', 'U', 'dangerous']],
  },
  {
    title: 'an object leaves an interface',
    before:
      'type Query { n: N a: A b: B } interface N { id: ID } type A implements N { id: ID } type B implements N { id: ID }',
    after:
      'type Query { n: N a: A b: B } interface N { id: ID } type A implements N { id: ID } type B { id: ID }',
    told: [['OBJECT_TYPE_INTERFACE_REMOVED', 'B', 'breaking']],
  },
  {
    title: 'an object joins an interface',
    before:
      'type Query { n: N a: A b: B } interface N { id: ID } type A implements N { id: ID } type B { id: ID }',
    after:
      'type Query { n: N a: A b: B } interface N { id: ID } type A implements N { id: ID } type B implements N { id: ID }',
    told: [['OBJECT_TYPE_INTERFACE_ADDED', 'B', 'dangerous']],
  },
  {
    title: 'an interface leaves an interface',
    before:
      'type Query { n: N m: M } interface N { id: ID } interface M implements N { id: ID } type A implements M & N { id: ID }',
    after:
      'type Query { n: N m: M } interface N { id: ID } interface M { id: ID } type A implements M & N { id: ID }',
    told: [['OBJECT_TYPE_INTERFACE_REMOVED', 'M', 'breaking']],
  },
  {
    title: 'a field leaves an interface and its object',
    before: 'type Query { n: N } interface N { id: ID x: Int } type A implements N { id: ID x: Int }',
    after: 'type Query { n: N } interface N { id: ID } type A implements N { id: ID }',
    told: [
      ['FIELD_REMOVED', 'N.x', 'breaking'],
      ['FIELD_REMOVED', 'A.x', 'breaking'],
    ],
  },
  {
    title: 'a field leaves an interface alone',
    before: 'type Query { n: N } interface N { id: ID x: Int } type A implements N { id: ID x: Int }',
    after: 'type Query { n: N } interface N { id: ID } type A implements N { id: ID x: Int }',
    told: [['FIELD_REMOVED', 'N.x', 'breaking']],
  },
  {
    title: 'a union is removed with its field',
    before: 'type Query { a: A u: U } union U = A type A { id: ID }',
    after: 'type Query { a: A } type A { id: ID }',
    told: [
      ['TYPE_REMOVED', 'U', 'breaking'],
      ['FIELD_REMOVED', 'Query.u', 'breaking'],
    ],
  },
]
