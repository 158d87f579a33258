import {
  type DocumentNode,
  type FragmentDefinitionNode,
  Kind,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql'

/** The part of an operation that asks for the schema's description, which is answered here; undefined = there is none. */
export function introspectionPart(
  document: DocumentNode,
  definition: OperationDefinitionNode,
): DocumentNode | undefined {
  if (definition.operation !== 'query') return undefined
  const fragments = new Map<string, FragmentDefinitionNode>()
  for (const node of document.definitions) {
    if (node.kind === Kind.FRAGMENT_DEFINITION) fragments.set(node.name.value, node)
  }
  const pick = (set: SelectionSetNode): SelectionNode[] =>
    set.selections.flatMap((selection): SelectionNode[] => {
      if (selection.kind === Kind.FIELD) {
        const name = selection.name.value
        return name === '__schema' || name === '__type' ? [selection] : []
      }
      const fragment =
        selection.kind === Kind.INLINE_FRAGMENT ? selection : fragments.get(selection.name.value)
      const selections = fragment ? pick(fragment.selectionSet) : []
      if (selections.length === 0) return []
      const { directives = [] } = selection
      return [
        { kind: Kind.INLINE_FRAGMENT, directives, selectionSet: { kind: Kind.SELECTION_SET, selections } },
      ]
    })
  const selections = pick(definition.selectionSet)
  if (selections.length === 0) return undefined
  return {
    kind: Kind.DOCUMENT,
    definitions: [
      { ...definition, selectionSet: { kind: Kind.SELECTION_SET, selections } },
      ...fragments.values(),
    ],
  }
}
