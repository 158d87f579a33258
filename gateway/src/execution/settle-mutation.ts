import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql'
import { isIncluded, type Switches } from './shape.ts'

/** The fields of a root type's selection set, fragments unfolded, without what is switched off. */
function rootFields(
  set: SelectionSetNode,
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
  switches: Switches,
): FieldNode[] {
  return set.selections.flatMap((selection) => {
    if (!isIncluded(selection.directives, switches)) return []
    if (selection.kind === Kind.FIELD) return [{ ...selection, directives: [] }]
    const fragment = selection.kind === Kind.INLINE_FRAGMENT ? selection : fragments.get(selection.name.value)
    return fragment ? rootFields(fragment.selectionSet, fragments, switches) : []
  })
}

function merged(first: FieldNode, second: FieldNode): FieldNode {
  const selections = [...(first.selectionSet?.selections ?? []), ...(second.selectionSet?.selections ?? [])]
  if (selections.length === 0) return first
  return { ...first, selectionSet: { kind: Kind.SELECTION_SET, selections } }
}

/**
 * A mutation with each of its fields once, where it stands first: two selections with one response key are one field,
 * and are run once (https://spec.graphql.org/October2021/#sec-Field-Collection). A planner that made a request of each
 * would do twice what is asked for once.
 */
export function settleMutation(
  document: DocumentNode,
  definition: OperationDefinitionNode,
  switches: Switches,
): DocumentNode {
  const fragments = new Map<string, FragmentDefinitionNode>()
  for (const node of document.definitions) {
    if (node.kind === Kind.FRAGMENT_DEFINITION) fragments.set(node.name.value, node)
  }
  const fields = new Map<string, FieldNode>()
  for (const field of rootFields(definition.selectionSet, fragments, switches)) {
    const key = field.alias?.value ?? field.name.value
    const before = fields.get(key)
    fields.set(key, before ? merged(before, field) : field)
  }
  const selectionSet = { kind: Kind.SELECTION_SET, selections: [...fields.values()] } as const
  const definitions = document.definitions.map((node) =>
    node === definition ? { ...definition, selectionSet } : node,
  )
  return { ...document, definitions }
}
