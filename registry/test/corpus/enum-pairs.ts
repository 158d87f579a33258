import type { Pair } from './pair.ts'

/** Changes of enums. */
export const enumPairs: readonly Pair[] = [
  {
    title: 'an enum value is removed',
    before: 'type Query { a: E } enum E { A B }',
    after: 'type Query { a: E } enum E { A }',
    told: [['ENUM_VALUE_REMOVED', 'E.B', 'breaking']],
  },
  {
    title: 'an enum value is added',
    before: 'type Query { a: E } enum E { A }',
    after: 'type Query { a: E } enum E { A B }',
    told: [['ENUM_VALUE_ADDED', 'E.B', 'dangerous']],
  },
  {
    title: 'an enum value that only comes in is added',
    before: 'type Query { a(e: E): Int } enum E { A }',
    after: 'type Query { a(e: E): Int } enum E { A B }',
    told: [['ENUM_VALUE_ADDED', 'E.B', 'dangerous']],
  },
  {
    title: 'an enum value is deprecated',
    before: 'type Query { a: E } enum E { A B }',
    after: 'type Query { a: E } enum E { A B @deprecated(reason: "Use A.") }',
    told: [['ENUM_VALUE_DEPRECATION_REASON_ADDED', 'E.B.@deprecated', 'safe']],
  },
  {
    title: 'an enum value’s reason of deprecation changes',
    before: 'type Query { a: E } enum E { A B @deprecated(reason: "Use A.") }',
    after: 'type Query { a: E } enum E { A B @deprecated(reason: "Use A!") }',
    told: [['ENUM_VALUE_DEPRECATION_REASON_CHANGED', 'E.B.@deprecated', 'safe']],
  },
  {
    title: 'an enum value is no longer deprecated',
    before: 'type Query { a: E } enum E { A B @deprecated(reason: "Use A.") }',
    after: 'type Query { a: E } enum E { A B }',
    told: [['ENUM_VALUE_DEPRECATION_REASON_REMOVED', 'E.B', 'safe']],
  },
  {
    title: 'an enum value’s description changes',
    before: 'type Query { a: E } enum E { "Some." A }',
    after: 'type Query { a: E } enum E { "Other." A }',
    told: [['ENUM_VALUE_DESCRIPTION_CHANGED', 'E.A', 'safe']],
  },
  {
    title: 'an enum value is renamed',
    before: 'type Query { a: E } enum E { A B }',
    after: 'type Query { a: E } enum E { A C }',
    told: [
      ['ENUM_VALUE_REMOVED', 'E.B', 'breaking'],
      ['ENUM_VALUE_ADDED', 'E.C', 'dangerous'],
    ],
  },
]
