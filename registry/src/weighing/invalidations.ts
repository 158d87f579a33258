import {
  type ASTNode,
  type DocumentNode,
  type GraphQLSchema,
  getNamedType,
  TypeInfo,
  validate,
  visit,
  visitWithTypeInfo,
} from 'graphql'

/** Why a document that is valid against the base would not be against the head. */
export interface Invalidation {
  readonly message: string
  /** Elements of the base at the place of the error, the nearest first. */
  readonly coordinates: readonly string[]
}

const mostErrors = 20

/** What the head's API refuses in a document that the base's takes. */
export function invalidations(
  { base, head }: { readonly base: GraphQLSchema; readonly head: GraphQLSchema },
  document: DocumentNode,
): Invalidation[] {
  const errors = validate(head, document, undefined, { maxErrors: mostErrors }).filter(({ nodes }) => nodes)
  if (errors.length === 0) return []
  const found = coordinatesOfNodes(base, document, new Set(errors.flatMap(({ nodes }) => nodes ?? [])))
  return errors.map(({ message, nodes = [] }) => ({
    message,
    coordinates: [...new Set(nodes.flatMap((node) => found.get(node) ?? []))],
  }))
}

/** For each of these nodes the elements that it stands for, from the innermost out to the field around it. */
function coordinatesOfNodes(schema: GraphQLSchema, document: DocumentNode, wanted: ReadonlySet<ASTNode>) {
  const types = new TypeInfo(schema)
  const found = new Map<ASTNode, string[]>()
  const around: string[][] = []
  visit(
    document,
    visitWithTypeInfo(types, {
      enter(node) {
        const own = elementsAt(types, node)
        // A selection begins anew: what is around it says nothing of it.
        const outer = node.kind === 'Field' ? [] : (around.at(-1) ?? [])
        around.push([...own, ...outer])
        if (wanted.has(node)) found.set(node, around.at(-1) ?? [])
      },
      leave: () => void around.pop(),
    }),
  )
  return found
}

function elementsAt(types: TypeInfo, node: ASTNode): string[] {
  switch (node.kind) {
    case 'Field': {
      const [parent, field] = [types.getParentType(), types.getFieldDef()]
      if (!parent || !field) return []
      return [`${parent.name}.${field.name}`, getNamedType(field.type).name, parent.name]
    }
    case 'Argument': {
      const [argument, directive] = [types.getArgument(), types.getDirective()]
      const holder = directive ? `@${directive.name}` : fieldAround(types)
      return argument && holder ? [`${holder}.${argument.name}`] : []
    }
    case 'Directive':
      return [`@${node.name.value}`]
    case 'ObjectField': {
      const holder = getNamedType(types.getParentInputType())
      return holder ? [`${holder.name}.${node.name.value}`, holder.name] : []
    }
    case 'EnumValue':
    case 'ObjectValue': {
      const type = getNamedType(types.getInputType())
      if (!type) return []
      return node.kind === 'EnumValue' ? [`${type.name}.${node.value}`, type.name] : [type.name]
    }
    case 'InlineFragment':
    case 'FragmentSpread':
      return [getNamedType(types.getType()), types.getParentType()].flatMap((type) => type?.name ?? [])
    case 'NamedType':
      return [node.name.value]
    default:
      return []
  }
}

function fieldAround(types: TypeInfo): string | undefined {
  const [parent, field] = [types.getParentType(), types.getFieldDef()]
  return parent && field ? `${parent.name}.${field.name}` : undefined
}
