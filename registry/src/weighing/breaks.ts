import {
  type GraphQLSchema,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  isRequiredArgument,
  isRequiredInputField,
} from 'graphql'
import type { AttributedChange } from '../comparison/attribute-changes.ts'
import type { KnownOperation } from './known-operations.ts'

/** Whether an operation breaks by what it uses. What it breaks by no longer being valid is seen by validating it. */
export type Breaks = (operation: KnownOperation) => boolean

interface Element {
  /** The changed element. */
  readonly coordinate: string
  /** What it is in: the type of a field, the field of an argument. */
  readonly holder: string
  readonly details: Readonly<Record<string, unknown>>
  /** Of the head's API, where the new type of an element is looked up. */
  readonly head: GraphQLSchema
}

type Rule = (element: Element) => Breaks

const inDocument =
  (coordinate: string): Breaks =>
  ({ uses }) =>
    uses.has(coordinate)
const inVariables =
  (coordinate: string): Breaks =>
  ({ brings }) =>
    brings.has(coordinate)
const either =
  (...all: readonly Breaks[]): Breaks =>
  (operation) =>
    all.some((one) => one(operation))

/**
 * An operation that was asked lost its literals, and has what they used instead; of a published one validating says what
 * becomes of them.
 */
const inLiterals =
  (coordinate: string): Breaks =>
  ({ hasLiterals, uses, document }) =>
    (!hasLiterals || !document) && uses.has(coordinate)

/** A literal of this input, in whichever of its fields. */
const anyLiteralOf =
  (input: string): Breaks =>
  ({ hasLiterals, uses, document }) =>
    (!hasLiterals || !document) && someBelow(uses, input)

const sends = (input: string): Breaks => either(inVariables(input), anyLiteralOf(input))
const notValidated =
  (breaks: Breaks): Breaks =>
  (operation) =>
    !operation.document && breaks(operation)
const never: Breaks = () => false

const anywhere: Rule = ({ coordinate }) => either(inDocument(coordinate), inVariables(coordinate))
const wholeType: Rule = ({ coordinate }) =>
  either(inDocument(coordinate), inVariables(coordinate), ({ uses }) => someBelow(uses, coordinate))
const runs =
  (kind: string): Rule =>
  () =>
  ({ kinds }) =>
    kinds.includes(kind)

/** By the inspector's change type; the elements that a change of this type breaks an operation by. */
const rules: Readonly<Record<string, Rule>> = {
  FIELD_REMOVED: ({ coordinate }) => inDocument(coordinate),
  // Still valid, and what comes is of another type.
  FIELD_TYPE_CHANGED: ({ coordinate }) => inDocument(coordinate),
  FIELD_ARGUMENT_REMOVED: ({ coordinate }) => inDocument(coordinate),
  // A breaking one is required.
  FIELD_ARGUMENT_ADDED: ({ holder }) => inDocument(holder),
  FIELD_ARGUMENT_TYPE_CHANGED: (element) =>
    either(
      inLiterals(element.coordinate),
      isRequiredNow(element) ? notValidated(inDocument(element.holder)) : never,
    ),
  INPUT_FIELD_REMOVED: anywhere,
  INPUT_FIELD_ADDED: ({ holder }) => sends(holder),
  INPUT_FIELD_TYPE_CHANGED: (element) =>
    either(
      inLiterals(element.coordinate),
      inVariables(element.coordinate),
      isRequiredNow(element) ? sends(element.holder) : never,
    ),
  ENUM_VALUE_REMOVED: anywhere,
  TYPE_REMOVED: wholeType,
  TYPE_KIND_CHANGED: wholeType,
  UNION_MEMBER_REMOVED: ({ coordinate, details }) =>
    notValidated(bothIn(coordinate, details['removedUnionMemberTypeName'])),
  OBJECT_TYPE_INTERFACE_REMOVED: ({ coordinate, details }) =>
    notValidated(bothIn(coordinate, details['removedInterfaceName'])),
  DIRECTIVE_REMOVED: ({ coordinate }) => inDocument(coordinate),
  DIRECTIVE_ARGUMENT_REMOVED: ({ coordinate }) => inDocument(coordinate),
  // Its element is the directive.
  DIRECTIVE_ARGUMENT_ADDED: ({ coordinate }) => inDocument(coordinate),
  DIRECTIVE_ARGUMENT_TYPE_CHANGED: ({ coordinate }) => inLiterals(coordinate),
  DIRECTIVE_LOCATION_REMOVED: ({ coordinate }) => notValidated(inDocument(coordinate)),
  // @oneOf.
  DIRECTIVE_USAGE_INPUT_OBJECT_ADDED: ({ holder }) => sends(holder),
  SCHEMA_QUERY_TYPE_CHANGED: runs('query'),
  SCHEMA_MUTATION_TYPE_CHANGED: runs('mutation'),
  SCHEMA_SUBSCRIPTION_TYPE_CHANGED: runs('subscription'),
}

/** What a breaking change of the API breaks. One of a type that is not known here breaks whatever uses its element. */
export function breaksOf({ change, details }: AttributedChange, head: GraphQLSchema): Breaks {
  const coordinate = change.coordinate ?? ''
  const holder = coordinate.split('.').slice(0, -1).join('.')
  const rule = rules[change.code]
  if (rule) return rule({ coordinate, holder, details, head })
  const element = coordinate.split('.@', 1)[0] ?? ''
  return anywhere({ coordinate: element, holder, details, head })
}

/**
 * The elements of the base at which an error of validation is this change's doing: of something new that is required the
 * holder, of a type that leaves another both.
 */
export function anchorsOf({ change, details }: AttributedChange): string[] {
  const { code, coordinate = '' } = change
  const holder = coordinate.split('.').slice(0, -1).join('.')
  const others = [details['removedUnionMemberTypeName'], details['removedInterfaceName']]
  const isOfHolder =
    /_(ARGUMENT|FIELD)_(ADDED|TYPE_CHANGED)$|_ARGUMENT_DEFAULT|_DEFAULT_VALUE|^DIRECTIVE_USAGE/.test(code)
  return [coordinate, ...(isOfHolder && code !== 'FIELD_TYPE_CHANGED' ? [holder] : []), ...others].filter(
    (one): one is string => typeof one === 'string' && one !== '',
  )
}

function bothIn(one: string, other: unknown): Breaks {
  return ({ uses }) => uses.has(one) && typeof other === 'string' && uses.has(other)
}

function someBelow(coordinates: ReadonlySet<string>, holder: string): boolean {
  for (const coordinate of coordinates) if (coordinate.startsWith(`${holder}.`)) return true
  return false
}

/** Whether an argument or an input field must now be given. */
function isRequiredNow({ coordinate, head }: Element): boolean {
  const [typeName = '', name = '', argumentName] = coordinate.split('.')
  const type = head.getType(typeName)
  if (isInputObjectType(type)) {
    const field = type.getFields()[name]
    return field !== undefined && isRequiredInputField(field)
  }
  if (!isObjectType(type) && !isInterfaceType(type)) return false
  const argument = type.getFields()[name]?.args.find((one) => one.name === argumentName)
  return argument !== undefined && isRequiredArgument(argument)
}
