import { type FragmentDefinitionNode, Kind, type SelectionSetNode } from 'graphql'

/** Whether a message that holds `carries` can answer the whole selection. Fields with arguments it can't: it holds one value. */
export function isCovered(
  selection: SelectionSetNode,
  carries: SelectionSetNode,
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
): boolean {
  return selection.selections.every((node) => {
    if (node.kind === Kind.INLINE_FRAGMENT) return isCovered(node.selectionSet, carries, fragments)
    if (node.kind === Kind.FRAGMENT_SPREAD) {
      const fragment = fragments.get(node.name.value)
      return fragment !== undefined && isCovered(fragment.selectionSet, carries, fragments)
    }
    if (node.name.value === '__typename') return true
    if (node.arguments?.length) return false
    const carried = carries.selections.find(
      (held) => held.kind === Kind.FIELD && held.name.value === node.name.value,
    )
    if (carried?.kind !== Kind.FIELD) return false
    if (!node.selectionSet) return true
    return carried.selectionSet !== undefined && isCovered(node.selectionSet, carried.selectionSet, fragments)
  })
}
