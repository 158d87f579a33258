import type { Pair } from './pair.ts'

/** Changes of directives and of their use. */
export const directivePairs: readonly Pair[] = [
  {
    title: 'a directive of operations is removed',
    before: 'directive @d(x: Int) on FIELD type Query { a: Int }',
    after: 'type Query { a: Int }',
    told: [['DIRECTIVE_REMOVED', '@d', 'breaking']],
  },
  {
    title: 'a directive of operations is added',
    before: 'type Query { a: Int }',
    after: 'directive @d(x: Int) on FIELD type Query { a: Int }',
    told: [['DIRECTIVE_ADDED', '@d', 'safe']],
  },
  {
    title: 'a directive loses a location',
    before: 'directive @d on FIELD | QUERY type Query { a: Int }',
    after: 'directive @d on FIELD type Query { a: Int }',
    told: [['DIRECTIVE_LOCATION_REMOVED', '@d', 'breaking']],
  },
  {
    title: 'a directive gets a location',
    before: 'directive @d on FIELD type Query { a: Int }',
    after: 'directive @d on FIELD | QUERY type Query { a: Int }',
    told: [['DIRECTIVE_LOCATION_ADDED', '@d', 'safe']],
  },
  {
    title: 'a directive loses an argument',
    before: 'directive @d(x: Int, y: Int) on FIELD type Query { a: Int }',
    after: 'directive @d(x: Int) on FIELD type Query { a: Int }',
    told: [['DIRECTIVE_ARGUMENT_REMOVED', '@d.y', 'breaking']],
  },
  {
    title: 'a directive gets an optional argument',
    before: 'directive @d(x: Int) on FIELD type Query { a: Int }',
    after: 'directive @d(x: Int, y: Int) on FIELD type Query { a: Int }',
    told: [['DIRECTIVE_ARGUMENT_ADDED', '@d', 'safe']],
  },
  {
    title: 'a directive gets a required argument',
    before: 'directive @d(x: Int) on FIELD type Query { a: Int }',
    after: 'directive @d(x: Int, y: Int!) on FIELD type Query { a: Int }',
    told: [['DIRECTIVE_ARGUMENT_ADDED', '@d', 'breaking']],
  },
  {
    title: 'a directive’s argument becomes required',
    before: 'directive @d(x: Int) on FIELD type Query { a: Int }',
    after: 'directive @d(x: Int!) on FIELD type Query { a: Int }',
    told: [['DIRECTIVE_ARGUMENT_TYPE_CHANGED', '@d.x', 'breaking']],
  },
  {
    title: 'a directive’s argument becomes optional',
    before: 'directive @d(x: Int!) on FIELD type Query { a: Int }',
    after: 'directive @d(x: Int) on FIELD type Query { a: Int }',
    told: [['DIRECTIVE_ARGUMENT_TYPE_CHANGED', '@d.x', 'safe']],
  },
  {
    title: 'the default of a directive’s argument changes',
    before: 'directive @d(x: Int = 1) on FIELD type Query { a: Int }',
    after: 'directive @d(x: Int = 2) on FIELD type Query { a: Int }',
    told: [['DIRECTIVE_ARGUMENT_DEFAULT_VALUE_CHANGED', '@d.x', 'dangerous']],
  },
  {
    title: 'a directive may no longer stand twice',
    before: 'directive @d(x: Int) repeatable on FIELD type Query { a: Int }',
    after: 'directive @d(x: Int) on FIELD type Query { a: Int }',
    told: [['DIRECTIVE_REPEATABLE_REMOVED', '@d', 'dangerous']],
  },
  {
    title: 'a directive may stand twice',
    before: 'directive @d(x: Int) on FIELD type Query { a: Int }',
    after: 'directive @d(x: Int) repeatable on FIELD type Query { a: Int }',
    told: [['DIRECTIVE_REPEATABLE_ADDED', '@d', 'safe']],
  },
  {
    title: 'a directive’s description changes',
    before: '"Some." directive @d on FIELD type Query { a: Int }',
    after: '"Other." directive @d on FIELD type Query { a: Int }',
    told: [['DIRECTIVE_DESCRIPTION_CHANGED', '@d', 'safe']],
  },
  {
    title: 'the description of a directive’s argument changes',
    before: 'directive @d("Some." x: Int) on FIELD type Query { a: Int }',
    after: 'directive @d("Other." x: Int) on FIELD type Query { a: Int }',
    told: [['DIRECTIVE_ARGUMENT_DESCRIPTION_CHANGED', '@d.x', 'safe']],
  },
  {
    title: 'a directive of schemas is used on a field',
    before: 'directive @d on FIELD_DEFINITION type Query { a: Int }',
    after: 'directive @d on FIELD_DEFINITION type Query { a: Int @d }',
    told: [['DIRECTIVE_USAGE_FIELD_DEFINITION_ADDED', 'Query.a.@d', 'dangerous']],
    composed: [],
  },
  {
    title: 'a directive of schemas goes from an object',
    before: 'directive @d on OBJECT type Query { t: T } type T @d { id: ID }',
    after: 'directive @d on OBJECT type Query { t: T } type T { id: ID }',
    told: [['DIRECTIVE_USAGE_OBJECT_REMOVED', 'T.@d', 'dangerous']],
    composed: [],
  },
  {
    title: 'a directive of schemas gets another argument where it is used',
    before: 'directive @d(x: Int) on ENUM_VALUE type Query { e: E } enum E { A @d }',
    after: 'directive @d(x: Int) on ENUM_VALUE type Query { e: E } enum E { A @d(x: 1) }',
    told: [['DIRECTIVE_USAGE_ARGUMENT_ADDED', 'E.A.@d.x', 'safe']],
    composed: [],
  },
]
