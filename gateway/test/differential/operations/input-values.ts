// Values of arguments and variables, as literals and as JSON.
import {
  type GraphQLInputField,
  type GraphQLInputType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isRequiredInputField,
} from 'graphql'
import { stableText } from '../data.ts'
import type { Random } from '../random.ts'

export interface Variable {
  readonly name: string
  /** Type and default, as an operation declares them. */
  readonly text: string
  /** The type of the place where it is used. */
  readonly place: string
  readonly type: GraphQLInputType
  readonly mayBeLeftOut: boolean
  readonly mayBeNull: boolean
}

const texts = ['', 'a', '"\\\n', 'é𝄞', '1', 'null', '{x}']
const jsonValues = [0, 'x', [1, [true]], { a: { b: [null, 'c'] } }, {}, []]

function scalar(random: Random, name: string): unknown {
  switch (name) {
    case 'Int':
      return random.int(9) - 3
    case 'Float':
      return random.pick([0, 1.5, -2, 1e3])
    case 'Boolean':
      return random.chance(0.5)
    case 'ID':
      return random.pick(['a', '7', 7])
    case 'JSON':
      return random.pick(jsonValues)
    default:
      return random.pick(texts)
  }
}

function chosenFields(
  random: Random,
  fields: Readonly<Record<string, GraphQLInputField>>,
): GraphQLInputField[] {
  return Object.values(fields).filter((field) => isRequiredInputField(field) || random.chance(0.5))
}

/** Whether a list's one item may be written without brackets; a list in a list would read as the outer one. */
function mayStandAlone(item: GraphQLInputType): boolean {
  return !isListType(nullable(item)) && String(nullable(item)) !== 'JSON'
}

/** A value as JSON has it; of an input object also in any order. */
function jsonValue(random: Random, type: GraphQLInputType, depth = 0): unknown {
  if (isNonNullType(type)) return jsonValue(random, type.ofType, depth)
  if (isListType(type)) {
    if (mayStandAlone(type.ofType) && random.chance(0.12)) return jsonValue(random, type.ofType, depth)
    return Array.from({ length: random.int(3) }, () => jsonNullable(random, type.ofType, depth))
  }
  if (isEnumType(type)) return random.pick(type.getValues()).name
  if (!isInputObjectType(type)) return scalar(random, type.name)
  const fields =
    depth > 2
      ? Object.values(type.getFields()).filter(isRequiredInputField)
      : chosenFields(random, type.getFields())
  return Object.fromEntries(fields.map((field) => [field.name, jsonNullable(random, field.type, depth + 1)]))
}

function jsonNullable(random: Random, type: GraphQLInputType, depth: number): unknown {
  return !isNonNullType(type) && random.chance(0.12) ? null : jsonValue(random, type, depth)
}

/** Where values are written; `variable` gives a variable for a place, or undefined. */
export interface ValueWriter {
  readonly random: Random
  variable(type: GraphQLInputType, hasDefault: boolean): string | undefined
}

function leafLiteral(random: Random, type: GraphQLInputType): string {
  const value = jsonValue(random, type)
  if (isEnumType(type)) return String(value)
  if (String(type) === 'String' && typeof value === 'string' && random.chance(0.1))
    return '"""block\n  text"""'
  return stableText(value)
}

/** A literal, with variables in it now and then. */
export function literal(writer: ValueWriter, type: GraphQLInputType, depth = 0): string {
  const { random } = writer
  if (isNonNullType(type)) return presentLiteral(writer, type.ofType, depth)
  return random.chance(0.1) ? 'null' : presentLiteral(writer, type, depth)
}

function presentLiteral(writer: ValueWriter, type: GraphQLInputType, depth: number): string {
  const { random } = writer
  const inner = (it: GraphQLInputType, hasDefault: boolean) =>
    (random.chance(0.2) ? writer.variable(it, hasDefault) : undefined) ?? literal(writer, it, depth + 1)
  if (isListType(type)) {
    if (mayStandAlone(type.ofType) && random.chance(0.12))
      return presentLiteral(writer, nullable(type.ofType), depth)
    return `[${Array.from({ length: random.int(3) }, () => inner(type.ofType, false)).join(', ')}]`
  }
  if (!isInputObjectType(type)) return leafLiteral(random, type)
  const fields =
    depth > 2
      ? Object.values(type.getFields()).filter(isRequiredInputField)
      : chosenFields(random, type.getFields())
  return `{${fields.map((field) => `${field.name}: ${inner(field.type, field.defaultValue !== undefined)}`).join(', ')}}`
}

function nullable(type: GraphQLInputType): GraphQLInputType {
  return isNonNullType(type) ? type.ofType : type
}

/** A variable for a place of this type, declared in one of the ways that the law lets it be used there. */
export function declareVariable(
  random: Random,
  place: { type: GraphQLInputType; hasDefault: boolean; name: string },
): Variable {
  const { type, hasDefault, name } = place
  const plain = nullable(type)
  const isRequired = isNonNullType(type)
  const isStrict = isRequired ? !random.chance(0.4) : random.chance(0.25)
  const isOptional = isRequired && !isStrict
  const mustHaveDefault = isOptional && !hasDefault
  const silent: ValueWriter = { random, variable: () => undefined }
  const text = mustHaveDefault || random.chance(0.3) ? presentLiteral(silent, plain, 0) : undefined
  const isNonNull = isStrict
  return {
    name,
    text: `${plain}${isNonNull ? '!' : ''}${text === undefined ? '' : ` = ${text}`}`,
    place: `${type} ${hasDefault}`,
    type: plain,
    mayBeLeftOut: text !== undefined || !isNonNull,
    // Null in a place that takes none is an error of the request, which other tests are about.
    mayBeNull: !isRequired && !isNonNull,
  }
}

/** Values of variables: given, null or left out. */
export function randomVariables(random: Random, variables: readonly Variable[]): Record<string, unknown> {
  const values: Record<string, unknown> = {}
  for (const { name, type, mayBeLeftOut, mayBeNull } of variables) {
    if (mayBeLeftOut && random.chance(0.25)) continue
    values[name] = mayBeNull && random.chance(0.15) ? null : jsonValue(random, type)
  }
  return values
}
