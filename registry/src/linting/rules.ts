import type { LintedElement } from './elements.ts'

/** What a rule comes to. */
export type LintLevel = 'error' | 'warning' | 'off'

/** A rule of style. */
export interface LintRule {
  /** What it asks for. */
  readonly doc: string
  /** What it comes to unless the settings say otherwise. */
  readonly level: LintLevel
  /** Says what is wrong with an element, and what would be right; undefined = nothing. */
  readonly find: (element: LintedElement) => string | undefined
}

const pascalCase = /^_*[A-Z][A-Za-z0-9]*$/
const camelCase = /^_*[a-z][A-Za-z0-9]*$/
const upperCase = /^_*[A-Z][A-Z0-9]*(_[A-Z0-9]+)*$/

function naming(kinds: readonly LintedElement['kind'][], pattern: RegExp, style: string) {
  return ({ kind, name }: LintedElement) =>
    kinds.includes(kind) && !pattern.test(name) ? `'${name}' is not in ${style}.` : undefined
}

const shortestReason = 3
const roots: ReadonlySet<string> = new Set(['Query', 'Mutation', 'Subscription'])

/** Every rule, by its code. */
export const lintRules = {
  TYPE_NAME: {
    doc: 'Names of types are in PascalCase.',
    level: 'error',
    find: naming(['type', 'input'], pascalCase, 'PascalCase'),
  },
  FIELD_NAME: {
    doc: 'Names of fields and input fields are in camelCase.',
    level: 'error',
    find: naming(['field', 'input field'], camelCase, 'camelCase'),
  },
  ARGUMENT_NAME: {
    doc: 'Names of arguments are in camelCase.',
    level: 'error',
    find: naming(['argument'], camelCase, 'camelCase'),
  },
  ENUM_VALUE_NAME: {
    doc: 'Names of enum values are in SCREAMING_SNAKE_CASE.',
    level: 'error',
    find: naming(['enum value'], upperCase, 'SCREAMING_SNAKE_CASE'),
  },
  INPUT_TYPE_NAME: {
    doc: 'Names of input types end in Input.',
    level: 'off',
    find: ({ kind, name }) =>
      kind === 'input' && !name.endsWith('Input')
        ? `'${name}' is an input: name it '${name}Input'.`
        : undefined,
  },
  DESCRIPTION_MISSING: {
    doc: 'Every type (but the roots), field, argument and enum value has a description, in one of the subgraphs that define it.',
    level: 'warning',
    find: ({ kind, coordinate, isDescribed }) =>
      isDescribed || roots.has(coordinate) ? undefined : `This ${kind} has no description.`,
  },
  DEPRECATION_REASON_MISSING: {
    doc: '`@deprecated` has a reason that says what to use instead.',
    level: 'error',
    find: ({ deprecation }) =>
      deprecation && (deprecation.reason ?? '').trim().length < shortestReason
        ? 'It is deprecated without a reason: say what to use instead.'
        : undefined,
  },
} as const satisfies Readonly<Record<string, LintRule>>

/** Code of a rule. */
export type LintRuleCode = keyof typeof lintRules
