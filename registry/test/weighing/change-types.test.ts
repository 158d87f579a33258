import { describe, expect, it } from 'vitest'
import { brokenBy, checkPair, published } from './evidence.ts'

/** What a change breaks and what it leaves alone, for each type of change. */
interface Case {
  readonly title: string
  readonly code: string
  readonly coordinate?: string
  readonly before: string
  readonly after: string
  /** Operations that are hit are named Hit…, all others are not. */
  readonly operations: readonly string[]
}

const cases: readonly Case[] = [
  {
    title: 'a removed field breaks who selects it, in a fragment too',
    code: 'FIELD_REMOVED',
    coordinate: 'T.b',
    before: 'type Query { t: T } type T { a: Int b: Int }',
    after: 'type Query { t: T } type T { a: Int }',
    operations: [
      'query Hit1 { t { b } }',
      'query Hit2 { t { ...F } } fragment F on T { x: b }',
      'query Other { t { a } }',
    ],
  },
  {
    title: 'a removed field that is deprecated breaks all the same',
    code: 'FIELD_REMOVED',
    coordinate: 'Query.b',
    before: 'type Query { a: Int b: Int @deprecated(reason: "Use a.") }',
    after: 'type Query { a: Int }',
    operations: ['query Hit { b }', 'query Other { a }'],
  },
  {
    title: 'a changed type breaks who selects the field, though it stays valid',
    code: 'FIELD_TYPE_CHANGED',
    coordinate: 'Query.a',
    before: 'type Query { a: Int! b: Int }',
    after: 'type Query { a: Int b: Int }',
    operations: ['query Hit { a }', 'query Other { b }'],
  },
  {
    title: 'a removed argument breaks who gives it',
    code: 'FIELD_ARGUMENT_REMOVED',
    coordinate: 'Query.a.y',
    before: 'type Query { a(x: Int, y: Int): Int }',
    after: 'type Query { a(x: Int): Int }',
    operations: ['query Hit { a(y: 1) }', 'query Other { a(x: 1) }'],
  },
  {
    title: 'a new required argument breaks who selects the field',
    code: 'FIELD_ARGUMENT_ADDED',
    coordinate: 'Query.a.x',
    before: 'type Query { a: Int b: Int }',
    after: 'type Query { a(x: Int!): Int b: Int }',
    operations: ['query Hit { a }', 'query Other { b }'],
  },
  {
    title: 'an argument that becomes required breaks who leaves it out or may give nothing, and nobody else',
    code: 'FIELD_ARGUMENT_TYPE_CHANGED',
    coordinate: 'Query.a.x',
    before: 'type Query { a(x: Int): Int b: Int }',
    after: 'type Query { a(x: Int!): Int b: Int }',
    operations: [
      'query Hit1 { a }',
      'query Hit2($x: Int) { a(x: $x) }',
      'query Other1 { a(x: 1) }',
      'query Other2($x: Int!) { a(x: $x) }',
      'query Other3 { b }',
    ],
  },
  {
    title: 'an argument of another type breaks who gives what it no longer takes',
    code: 'FIELD_ARGUMENT_TYPE_CHANGED',
    coordinate: 'Query.a.x',
    before: 'type Query { a(x: ID): Int }',
    after: 'type Query { a(x: Int): Int }',
    operations: [
      'query Hit1 { a(x: "one") }',
      'query Hit2($x: ID) { a(x: $x) }',
      'query Other1 { a(x: 1) }',
      'query Other2 { a }',
    ],
  },
  {
    title: 'a removed input field breaks who gives it or could',
    code: 'INPUT_FIELD_REMOVED',
    coordinate: 'I.y',
    before: 'type Query { a(i: I, o: O): Int } input I { x: Int y: Int } input O { list: [I!] }',
    after: 'type Query { a(i: I, o: O): Int } input I { x: Int } input O { list: [I!] }',
    operations: [
      'query Hit1 { a(i: { y: 1 }) }',
      'query Hit2($i: I) { a(i: $i) }',
      'query Hit3($o: O!) { a(o: $o) }',
      'query Hit4($l: [I!]) { a(o: { list: $l }) }',
      'query Other1 { a(i: { x: 1 }) }',
      'query Other2($x: Int) { a(i: { x: $x }) }',
    ],
  },
  {
    title: 'a new required input field breaks who gives the input',
    code: 'INPUT_FIELD_ADDED',
    coordinate: 'I.y',
    before: 'type Query { a(i: I): Int } input I { x: Int }',
    after: 'type Query { a(i: I): Int } input I { x: Int y: Int! }',
    operations: ['query Hit1 { a(i: { x: 1 }) }', 'query Hit2($i: I) { a(i: $i) }', 'query Other { a }'],
  },
  {
    title: 'an input field that becomes required breaks who leaves it out or could, and not who gives it',
    code: 'INPUT_FIELD_TYPE_CHANGED',
    coordinate: 'I.x',
    before: 'type Query { a(i: I): Int } input I { x: Int y: Int }',
    after: 'type Query { a(i: I): Int } input I { x: Int! y: Int }',
    operations: [
      'query Hit1 { a(i: { y: 1 }) }',
      'query Hit2($i: I) { a(i: $i) }',
      'query Hit3($x: Int) { a(i: { x: $x }) }',
      'query Other1 { a(i: { x: 1 }) }',
      'query Other2 { a }',
    ],
  },
  {
    title: 'a removed enum value breaks who gives it or could, and who may be answered it',
    code: 'ENUM_VALUE_REMOVED',
    coordinate: 'E.B',
    before: 'type Query { e: E a(e: E): Int } enum E { A B }',
    after: 'type Query { e: E a(e: E): Int } enum E { A }',
    operations: [
      'query Hit1 { a(e: B) }',
      'query Hit2($e: E) { a(e: $e) }',
      'query Hit3 { e }',
      'query Other1 { a(e: A) }',
      'query Other2 { a }',
    ],
  },
  {
    title: 'a removed type breaks who names it or selects from it',
    code: 'TYPE_REMOVED',
    coordinate: 'B',
    before:
      'type Query { n: N } interface N { id: ID } type A implements N { id: ID } type B implements N { id: ID }',
    after: 'type Query { n: N } interface N { id: ID } type A implements N { id: ID }',
    operations: [
      'query Hit { n { ... on B { id } } }',
      'query Other1 { n { id } }',
      'query Other2 { n { ... on A { id } } }',
    ],
  },
  {
    title: 'a type of another kind breaks who uses it',
    code: 'TYPE_KIND_CHANGED',
    coordinate: 'S',
    before: 'type Query { s: S a(s: S): Int b: Int } scalar S',
    after: 'type Query { s: S a(s: S): Int b: Int } enum S { A }',
    operations: ['query Hit1 { s }', 'query Hit2($s: S) { a(s: $s) }', 'query Other { b }'],
  },
  {
    title: 'a member that leaves a union breaks who asks for it within the union',
    code: 'UNION_MEMBER_REMOVED',
    coordinate: 'U',
    before: 'type Query { u: U b: B } union U = A | B type A { id: ID } type B { id: ID }',
    after: 'type Query { u: U b: B } union U = A type A { id: ID } type B { id: ID }',
    operations: [
      'query Hit1 { u { ... on B { id } } }',
      'query Hit2 { u { ...F } } fragment F on B { id }',
      'query Other1 { u { __typename ... on A { id } } }',
      'query Other2 { u { __typename } b { ... on B { id } } }',
    ],
  },
  {
    title:
      'an object that leaves an interface breaks who asks for it within the interface, and the other way round',
    code: 'OBJECT_TYPE_INTERFACE_REMOVED',
    coordinate: 'B',
    before:
      'type Query { n: N b: B } interface N { id: ID } type A implements N { id: ID } type B implements N { id: ID }',
    after: 'type Query { n: N b: B } interface N { id: ID } type A implements N { id: ID } type B { id: ID }',
    operations: [
      'query Hit1 { n { ... on B { id } } }',
      'query Hit2 { b { ...F } } fragment F on N { id }',
      'query Other1 { n { id } b { id } }',
      'query Other2 { n { ... on A { id } } }',
    ],
  },
  {
    title: 'a removed directive breaks who uses it',
    code: 'DIRECTIVE_REMOVED',
    coordinate: '@d',
    before: 'directive @d(x: Int) on FIELD type Query { a: Int }',
    after: 'type Query { a: Int }',
    operations: ['query Hit { a @d }', 'query Other { a }'],
  },
  {
    title: 'a removed argument of a directive breaks who gives it',
    code: 'DIRECTIVE_ARGUMENT_REMOVED',
    coordinate: '@d.y',
    before: 'directive @d(x: Int, y: Int) on FIELD type Query { a: Int }',
    after: 'directive @d(x: Int) on FIELD type Query { a: Int }',
    operations: ['query Hit { a @d(y: 1) }', 'query Other { a @d(x: 1) }'],
  },
  {
    title: 'a new required argument of a directive breaks who uses the directive',
    code: 'DIRECTIVE_ARGUMENT_ADDED',
    coordinate: '@d',
    before: 'directive @d on FIELD type Query { a: Int }',
    after: 'directive @d(x: Int!) on FIELD type Query { a: Int }',
    operations: ['query Hit { a @d }', 'query Other { a }'],
  },
  {
    title: 'a directive’s argument of another type breaks who gives what it no longer takes',
    code: 'DIRECTIVE_ARGUMENT_TYPE_CHANGED',
    coordinate: '@d.x',
    before: 'directive @d(x: ID) on FIELD type Query { a: Int }',
    after: 'directive @d(x: Int) on FIELD type Query { a: Int }',
    operations: ['query Hit { a @d(x: "one") }', 'query Other { a @d(x: 1) }'],
  },
  {
    title: 'a location that a directive loses breaks who uses it there',
    code: 'DIRECTIVE_LOCATION_REMOVED',
    coordinate: '@d',
    before: 'directive @d on FIELD | QUERY type Query { a: Int }',
    after: 'directive @d on FIELD type Query { a: Int }',
    operations: ['query Hit @d { a }', 'query Other { a @d }'],
  },
  {
    title: 'a root that goes breaks all its operations',
    code: 'SCHEMA_MUTATION_TYPE_CHANGED',
    before: 'type Query { a: Int } type Mutation { b: Int }',
    after: 'type Query { a: Int }',
    operations: ['mutation Hit { b }', 'query Other { a }'],
  },
]

describe('what a breaking change hits', () => {
  it.each(cases)('$code: $title', async ({ code, coordinate, before, after, operations }) => {
    const evidence = { documents: operations.map((text) => published(text)) }
    const { changes } = await checkPair(before, after, { evidence })
    const hit = operations.flatMap((text) => /Hit\w*/.exec(text)?.[0] ?? [])
    expect(brokenBy(changes, code, coordinate)).toEqual(hit.sort())
  })
})
