import {
  type DocumentNode,
  doTypesOverlap,
  GraphQLBoolean,
  type GraphQLCompositeType,
  type GraphQLField,
  GraphQLNonNull,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isCompositeType,
  isRequiredArgument,
  isUnionType,
  parse,
  validate,
} from 'graphql'
import type { Random } from '../random.ts'
import { declareVariable, literal, type ValueWriter, type Variable } from './input-values.ts'

/** An operation that is valid in a schema. */
export interface RandomOperation {
  readonly query: string
  readonly document: DocumentNode
  readonly operationName: string | undefined
  readonly variables: readonly Variable[]
}

interface Fragment {
  readonly name: string
  readonly type: GraphQLCompositeType
  readonly text: string
}

interface Writer extends ValueWriter {
  readonly schema: GraphQLSchema
  readonly variables: Variable[]
  readonly fragments: Fragment[]
  readonly prefix: string
  /** Fields that may still be written. */
  budget: number
  /** Names given so far. */
  names: number
}

function createWriter(schema: GraphQLSchema, random: Random, prefix: string): Writer {
  const variables: Variable[] = []
  return {
    schema,
    random,
    variables,
    prefix,
    fragments: [],
    budget: random.between(3, 24),
    names: 0,
    variable(type, hasDefault) {
      const same = variables.filter(({ place }) => place === `${type} ${hasDefault}`)
      if (same.length > 0 && random.chance(0.4)) return `$${random.pick(same).name}`
      const variable = declareVariable(random, { type, hasDefault, name: `${prefix}v${variables.length}` })
      variables.push(variable)
      return `$${variable.name}`
    },
  }
}

function directives(writer: Writer): string {
  const { random } = writer
  if (!random.chance(0.12)) return ''
  const one = (name: string) => {
    const value = random.chance(0.6)
      ? writer.variable(new GraphQLNonNull(GraphQLBoolean), false)
      : String(random.chance(name === 'include' ? 0.75 : 0.25))
    return ` @${name}(if: ${value})`
  }
  if (random.chance(0.1)) return one('include') + one('skip')
  return one(random.pick(['include', 'skip']))
}

function argumentsText(writer: Writer, field: GraphQLField<unknown, unknown>): string {
  const { random } = writer
  const chosen = field.args.filter((argument) => isRequiredArgument(argument) || random.chance(0.6))
  if (chosen.length === 0) return ''
  const texts = chosen.map((argument) => {
    const hasDefault = argument.defaultValue !== undefined
    const value = random.chance(0.4) ? writer.variable(argument.type, hasDefault) : undefined
    return `${argument.name}: ${value ?? literal(writer, argument.type)}`
  })
  return `(${texts.join(', ')})`
}

function alias(writer: Writer, hasArguments: boolean): string {
  const { random } = writer
  if (random.chance(hasArguments ? 0.8 : 0.1)) return `a${writer.prefix}${writer.names++}: `
  // The same key for different fields: of different types that is right.
  return random.chance(0.06) ? `x${random.int(3)}: ` : ''
}

function fieldText(writer: Writer, field: GraphQLField<unknown, unknown>, depth: number): string {
  writer.budget--
  const args = argumentsText(writer, field)
  const type = getNamedType(field.type)
  const inner = isCompositeType(type) ? ` ${selectionSet(writer, type, depth + 1)}` : ''
  return `${alias(writer, field.args.length > 0)}${field.name}${args}${directives(writer)}${inner}`
}

/** Types that a fragment within this type may be on. */
function fragmentTypes({ schema }: Writer, type: GraphQLCompositeType): GraphQLCompositeType[] {
  return Object.values(schema.getTypeMap())
    .filter((it) => isCompositeType(it))
    .filter((it) => doTypesOverlap(schema, it, type))
}

function inlineFragment(writer: Writer, type: GraphQLCompositeType, depth: number): string {
  const { random } = writer
  if (random.chance(0.15)) return `...${directives(writer)} ${selectionSet(writer, type, depth)}`
  const on = random.pick(fragmentTypes(writer, type))
  return `... on ${on.name}${directives(writer)} ${selectionSet(writer, on, depth)}`
}

function spread(writer: Writer, type: GraphQLCompositeType, depth: number): string {
  const { random, schema, fragments } = writer
  const known = fragments.filter((fragment) => doTypesOverlap(schema, fragment.type, type))
  let fragment = known.length > 0 && random.chance(0.5) ? random.pick(known) : undefined
  if (!fragment) {
    const on = random.pick(fragmentTypes(writer, type))
    const text = selectionSet(writer, on, depth)
    fragment = { name: `${writer.prefix}F${fragments.length}`, type: on, text }
    fragments.push(fragment)
  }
  return `...${fragment.name}${directives(writer)}`
}

function randomField(writer: Writer, type: GraphQLCompositeType, depth: number): string {
  if (isUnionType(type)) return inlineFragment(writer, type, depth + 1)
  const fields = Object.values(type.getFields())
  const isEnd = depth >= 6 || writer.budget <= 0
  const usable = isEnd ? fields.filter((field) => !isCompositeType(getNamedType(field.type))) : fields
  if (usable.length === 0) return '__typename'
  return fieldText(writer, writer.random.pick(usable), depth)
}

function introspection(writer: Writer): string {
  const { random, schema } = writer
  const name = random.pick([...Object.keys(schema.getTypeMap()), 'Nothing'])
  const key = `schema${writer.names++}`
  if (random.chance(0.2))
    return `${key}: __schema { queryType { name } mutationType { name } types { name } }`
  const selection =
    '{ kind name fields { name type { kind name } } enumValues { name } possibleTypes { name } }'
  return `${key}: __type(name: "${name}") ${selection}`
}

function selection(writer: Writer, type: GraphQLCompositeType, depth: number): string {
  const { random } = writer
  if (random.chance(0.08)) return random.chance(0.3) ? `t${writer.names++}: __typename` : '__typename'
  if (type === writer.schema.getQueryType() && random.chance(0.03)) return introspection(writer)
  if (depth >= 7) return randomField(writer, type, depth)
  if (random.chance(isAbstractType(type) ? 0.45 : 0.07)) return inlineFragment(writer, type, depth + 1)
  if (random.chance(0.07)) return spread(writer, type, depth + 1)
  return randomField(writer, type, depth)
}

function selectionSet(writer: Writer, type: GraphQLCompositeType, depth: number): string {
  const { random } = writer
  if (isUnionType(type) && (depth >= 8 || writer.budget <= 0)) return '{ __typename }'
  const count = writer.budget <= 0 ? 1 : random.between(1, depth === 0 ? 3 : 4)
  const items = Array.from({ length: count }, () => selection(writer, type, depth))
  // Named again: the two are merged.
  if (random.chance(0.1)) items.push(random.pick(items))
  return `{ ${items.join(' ')} }`
}

function operationText(writer: Writer, kind: 'query' | 'mutation', name: string | undefined): string {
  const { schema, variables, fragments } = writer
  const type = kind === 'query' ? schema.getQueryType() : schema.getMutationType()
  if (!type) throw new Error(`There is no ${kind} type.`)
  const set = selectionSet(writer, type, 0)
  const declared = variables.map((variable) => `$${variable.name}: ${variable.text}`).join(', ')
  const head = name === undefined && kind === 'query' && declared === '' ? '' : `${kind} ${name ?? ''}`
  const definitions = fragments.map(
    (fragment) => `fragment ${fragment.name} on ${fragment.type.name} ${fragment.text}`,
  )
  return [`${head}${declared ? `(${declared})` : ''} ${set}`.trim(), ...definitions].join('\n')
}

function attempt(schema: GraphQLSchema, random: Random): RandomOperation | undefined {
  const writer = createWriter(schema, random, '')
  const kind = schema.getMutationType() && random.chance(0.15) ? 'mutation' : 'query'
  const hasOther = random.chance(0.08)
  const name = hasOther || random.chance(0.5) ? 'Main' : undefined
  const texts = [operationText(writer, kind, name)]
  if (hasOther) {
    const other = createWriter(schema, random, 'o')
    texts.unshift(operationText(other, 'query', 'Other'))
  }
  const query = texts.join('\n')
  const document = parse(query)
  if (validate(schema, document).length > 0) return undefined
  const operationName = hasOther || random.chance(0.4) ? name : undefined
  return { query, document, operationName, variables: writer.variables }
}

/** A valid operation, and how many were written for it. */
export function randomOperation(
  schema: GraphQLSchema,
  random: Random,
): RandomOperation & { attempts: number } {
  for (let attempts = 1; attempts <= 200; attempts++) {
    const operation = attempt(schema, random)
    if (operation) return { ...operation, attempts }
  }
  throw new Error('No operation is valid.')
}
