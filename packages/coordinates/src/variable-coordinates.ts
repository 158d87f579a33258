import {
  type GraphQLInputType,
  type GraphQLSchema,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  type OperationDefinitionNode,
  typeFromAST,
} from 'graphql'

/** Adds what the values of an operation's variables use: `EventFilter.status`, `EventStatus.LIVE`. Names alone, never values. */
export type VariableCoordinates = (variables: Readonly<Record<string, unknown>>, used: Set<string>) => void

type Walk = (value: unknown, used: Set<string>) => void

/** Lists are looked into so far: what a client sends repeats itself. */
const lookedInto = 100

/**
 * Prepares the looking at an operation's variables; undefined where they are scalars alone, and there is nothing to see.
 * Variables must have been found valid.
 */
export function compileVariableCoordinates(
  schema: GraphQLSchema,
  definition: OperationDefinitionNode,
): VariableCoordinates | undefined {
  const made = new Map<GraphQLInputType, Walk | undefined>()
  const walks = (definition.variableDefinitions ?? []).flatMap(({ variable, type }) => {
    const found = typeFromAST(schema, type) as GraphQLInputType | undefined
    const walk = found && walkOf(found, made)
    return walk ? [{ name: variable.name.value, walk }] : []
  })
  if (walks.length === 0) return undefined
  return (variables, used) => {
    for (const { name, walk } of walks) if (Object.hasOwn(variables, name)) walk(variables[name], used)
  }
}

function walkOf(type: GraphQLInputType, made: Map<GraphQLInputType, Walk | undefined>): Walk | undefined {
  if (isNonNullType(type)) return walkOf(type.ofType, made)
  if (isListType(type)) {
    const walk = walkOf(type.ofType, made)
    return walk && ((value, used) => walkList(value, used, walk))
  }
  if (isEnumType(type)) return (value, used) => walkEnum(type.name, value, used)
  if (!isInputObjectType(type)) return undefined
  if (!made.has(type)) {
    // Inputs may hold themselves: the walk is there before those of its fields.
    const walks = new Map<string, Walk | undefined>()
    made.set(type, (value, used) => walkObject(type.name, value, { used, walks }))
    for (const field of Object.values(type.getFields())) walks.set(field.name, walkOf(field.type, made))
  }
  return made.get(type)
}

/** A single value stands for a list of one. */
function walkList(value: unknown, used: Set<string>, walk: Walk): void {
  const values = Array.isArray(value) ? value : [value]
  for (let index = 0; index < values.length && index < lookedInto; index += 1) walk(values[index], used)
}

function walkEnum(type: string, value: unknown, used: Set<string>): void {
  if (typeof value === 'string') used.add(`${type}.${value}`)
}

interface ObjectWalk {
  readonly used: Set<string>
  readonly walks: ReadonlyMap<string, Walk | undefined>
}

function walkObject(type: string, value: unknown, { used, walks }: ObjectWalk): void {
  if (typeof value !== 'object' || value === null) return
  for (const name of Object.keys(value)) {
    if (!walks.has(name)) continue
    used.add(`${type}.${name}`)
    walks.get(name)?.((value as Record<string, unknown>)[name], used)
  }
}
