import type { Pair } from './pair.ts'

/** Changes of inputs. */
export const inputPairs: readonly Pair[] = [
  {
    title: 'an input field is removed',
    before: 'type Query { a(i: I): Int } input I { x: Int y: Int }',
    after: 'type Query { a(i: I): Int } input I { x: Int }',
    told: [['INPUT_FIELD_REMOVED', 'I.y', 'breaking']],
  },
  {
    title: 'an optional input field is added',
    before: 'type Query { a(i: I): Int } input I { x: Int }',
    after: 'type Query { a(i: I): Int } input I { x: Int y: Int }',
    told: [['INPUT_FIELD_ADDED', 'I.y', 'safe']],
  },
  {
    title: 'a required input field is added',
    before: 'type Query { a(i: I): Int } input I { x: Int }',
    after: 'type Query { a(i: I): Int } input I { x: Int y: Int! }',
    told: [['INPUT_FIELD_ADDED', 'I.y', 'breaking']],
  },
  {
    title: 'a required input field with a default is added',
    before: 'type Query { a(i: I): Int } input I { x: Int }',
    after: 'type Query { a(i: I): Int } input I { x: Int y: Int! = 1 }',
    told: [['INPUT_FIELD_ADDED', 'I.y', 'dangerous']],
  },
  {
    title: 'an input field becomes required',
    before: 'type Query { a(i: I): Int } input I { x: Int }',
    after: 'type Query { a(i: I): Int } input I { x: Int! }',
    told: [['INPUT_FIELD_TYPE_CHANGED', 'I.x', 'breaking']],
  },
  {
    title: 'an input field becomes optional',
    before: 'type Query { a(i: I): Int } input I { x: Int! }',
    after: 'type Query { a(i: I): Int } input I { x: Int }',
    told: [['INPUT_FIELD_TYPE_CHANGED', 'I.x', 'safe']],
  },
  {
    title: 'an input field becomes another scalar',
    before: 'type Query { a(i: I): Int } input I { x: Int }',
    after: 'type Query { a(i: I): Int } input I { x: String }',
    told: [['INPUT_FIELD_TYPE_CHANGED', 'I.x', 'breaking']],
  },
  {
    title: 'an input field’s default changes',
    before: 'type Query { a(i: I): Int } input I { x: Int = 1 }',
    after: 'type Query { a(i: I): Int } input I { x: Int = 2 }',
    told: [['INPUT_FIELD_DEFAULT_VALUE_CHANGED', 'I.x', 'dangerous']],
  },
  {
    title: 'an input field gets a description',
    before: 'type Query { a(i: I): Int } input I { x: Int }',
    after: 'type Query { a(i: I): Int } input I { "Some." x: Int }',
    told: [['INPUT_FIELD_DESCRIPTION_ADDED', 'I.x', 'safe']],
  },
  {
    title: 'an input field’s description changes',
    before: 'type Query { a(i: I): Int } input I { "Some." x: Int }',
    after: 'type Query { a(i: I): Int } input I { "Other." x: Int }',
    told: [['INPUT_FIELD_DESCRIPTION_CHANGED', 'I.x', 'safe']],
  },
  {
    title: 'an input field’s description goes',
    before: 'type Query { a(i: I): Int } input I { "Some." x: Int }',
    after: 'type Query { a(i: I): Int } input I { x: Int }',
    told: [['INPUT_FIELD_DESCRIPTION_REMOVED', 'I.x', 'safe']],
  },
  {
    title: 'an input field is deprecated',
    before: 'type Query { a(i: I): Int } input I { x: Int y: Int }',
    after: 'type Query { a(i: I): Int } input I { x: Int y: Int @deprecated(reason: "Use x.") }',
    told: [['DIRECTIVE_USAGE_INPUT_FIELD_DEFINITION_ADDED', 'I.y.@deprecated', 'safe']],
  },
  {
    title: 'an input becomes one of which one field is given',
    before: 'type Query { a(i: I): Int } input I { x: Int y: Int }',
    after: 'type Query { a(i: I): Int } input I @oneOf { x: Int y: Int }',
    told: [['DIRECTIVE_USAGE_INPUT_OBJECT_ADDED', 'I.@oneOf', 'breaking']],
    composed: 'not-composed',
  },
  {
    title: 'an input is no longer one of which one field is given',
    before: 'type Query { a(i: I): Int } input I @oneOf { x: Int y: Int }',
    after: 'type Query { a(i: I): Int } input I { x: Int y: Int }',
    told: [['DIRECTIVE_USAGE_INPUT_OBJECT_REMOVED', 'I.@oneOf', 'safe']],
    composed: [],
  },
  {
    title: 'an input is added',
    before: 'type Query { a: Int }',
    after: 'type Query { a(i: I): Int } input I { x: Int! y: Int = 1 }',
    told: [
      ['TYPE_ADDED', 'I', 'safe'],
      ['FIELD_ARGUMENT_ADDED', 'Query.a.i', 'dangerous'],
    ],
  },
  {
    title: 'an input and the argument that takes it are removed',
    before: 'type Query { a(i: I): Int } input I { x: Int }',
    after: 'type Query { a: Int }',
    told: [
      ['TYPE_REMOVED', 'I', 'breaking'],
      ['FIELD_ARGUMENT_REMOVED', 'Query.a.i', 'breaking'],
    ],
  },
]
