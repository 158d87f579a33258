import { type GraphQLSchema, isObjectType, Kind, parse } from 'graphql'
import type { Step } from './schedule.ts'
import { type SelectionShape, Shapes, type Switches } from './shape.ts'

/** Objects of more types than this are not compared one by one. */
const comparedTypes = 20

function isSame(ours: SelectionShape, theirs: SelectionShape): boolean {
  if (ours.type !== theirs.type || ours.possible.size > comparedTypes) return false
  for (const type of ours.possible.values()) {
    const asked = ours.fieldsOf(type)
    const given = theirs.fieldsOf(type)
    if (asked.length !== given.length) return false
    for (const [index, field] of asked.entries()) {
      const other = given[index]
      if (!other || field.key !== other.key || field.name !== other.name) return false
      // What an object's type is called may differ between a subgraph and the supergraph.
      if (field.from === 'schema' || (field.from === 'typename' && !isObjectType(ours.type))) return false
      if (field.selection && !(other.selection && isSame(field.selection, other.selection))) return false
    }
  }
  return true
}

/** Whether the one subgraph that is asked gives just the keys that the client wants, in the same order. */
export function canPassThrough(
  steps: readonly Step[],
  selection: SelectionShape,
  { schema, switches }: { readonly schema: GraphQLSchema; readonly switches: Switches },
): boolean {
  const [step, second] = steps
  if (step?.node.kind !== 'fetch' || second || step.node.outputRewrites.length > 0) return false
  const document = parse(step.node.document, { noLocation: true })
  const operation = document.definitions.find((node) => node.kind === Kind.OPERATION_DEFINITION)
  const root = operation && schema.getRootType(operation.operation)
  if (!operation || !root) return false
  try {
    return isSame(selection, new Shapes({ schema, document, switches }).of(root, operation.selectionSet))
  } catch {
    // It asks for something that clients do not see.
    return false
  }
}
