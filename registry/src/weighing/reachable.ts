import {
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  isUnionType,
} from 'graphql'

const executableLocations: ReadonlySet<string> = new Set([
  'QUERY',
  'MUTATION',
  'SUBSCRIPTION',
  'FIELD',
  'FRAGMENT_DEFINITION',
  'FRAGMENT_SPREAD',
  'INLINE_FRAGMENT',
  'VARIABLE_DEFINITION',
])

/**
 * Whether an operation could use an element: its type is reached from a root, or it is a directive that may stand in an
 * operation. What is not reached breaks for nobody.
 */
export function reachability(schema: GraphQLSchema): (coordinate: string) => boolean {
  const types = reachedTypes(schema)
  return (coordinate) => {
    const [first = ''] = coordinate.split('.', 1)
    if (!first.startsWith('@')) return types.has(first)
    const locations = schema.getDirective(first.slice(1))?.locations ?? []
    return locations.some((location) => executableLocations.has(location))
  }
}

function reachedTypes(schema: GraphQLSchema): Set<string> {
  const reached = new Set<string>()
  const waiting: GraphQLNamedType[] = [
    schema.getQueryType(),
    schema.getMutationType(),
    schema.getSubscriptionType(),
    // An operation may bring a value of these through an argument of a directive.
    ...schema.getDirectives().flatMap(({ args }) => args.map(({ type }) => getNamedType(type))),
  ].filter((type) => type != null)
  for (let type = waiting.pop(); type; type = waiting.pop()) {
    if (reached.has(type.name)) continue
    reached.add(type.name)
    waiting.push(...neighbours(schema, type))
  }
  return reached
}

function neighbours(schema: GraphQLSchema, type: GraphQLNamedType): GraphQLNamedType[] {
  const found: GraphQLNamedType[] = []
  if (isAbstractType(type)) found.push(...schema.getPossibleTypes(type))
  if (isInterfaceType(type) || isObjectType(type)) {
    // A fragment on an interface or a union that a reached object is in is valid.
    found.push(...type.getInterfaces())
    if (isObjectType(type)) found.push(...unionsOf(schema, type))
    for (const field of Object.values(type.getFields())) {
      found.push(getNamedType(field.type), ...field.args.map((argument) => getNamedType(argument.type)))
    }
  }
  if (isInputObjectType(type)) {
    for (const field of Object.values(type.getFields())) found.push(getNamedType(field.type))
  }
  return found
}

function unionsOf(schema: GraphQLSchema, type: GraphQLObjectType) {
  return Object.values(schema.getTypeMap()).filter((one) => isUnionType(one) && one.getTypes().includes(type))
}
