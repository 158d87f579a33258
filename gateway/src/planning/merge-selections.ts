import { Kind, print, type SelectionNode } from 'graphql'

/** Selections with the same text before their braces select of the same objects; deferred ones stay blocks of their own. */
function headOf(selection: SelectionNode): string | undefined {
  if (selection.directives?.some(({ name }) => name.value === 'defer')) return undefined
  if (selection.kind === Kind.FRAGMENT_SPREAD || !selection.selectionSet) return print(selection)
  const { selectionSet: _, ...head } = selection
  if (head.kind === Kind.FIELD) return print(head)
  const condition = head.typeCondition ? `on ${head.typeCondition.name.value}` : ''
  return `... ${condition} ${(head.directives ?? []).map(print).join(' ')}`
}

/** The same selections with those that differ in nothing but what they select made one, down to the leaves. */
export function mergeSelections(selections: readonly SelectionNode[]): SelectionNode[] {
  const byHead = new Map<string, SelectionNode[]>()
  for (const [place, selection] of selections.entries()) {
    const head = headOf(selection) ?? `${place}`
    const alike = byHead.get(head)
    if (alike) alike.push(selection)
    else byHead.set(head, [selection])
  }
  return [...byHead.values()].flatMap((alike): SelectionNode[] => {
    const [first] = alike
    if (!first) return []
    if (first.kind === Kind.FRAGMENT_SPREAD || !first.selectionSet) return [first]
    const inner = alike.flatMap((one) =>
      one.kind !== Kind.FRAGMENT_SPREAD && one.selectionSet ? one.selectionSet.selections : [],
    )
    return [{ ...first, selectionSet: { kind: Kind.SELECTION_SET, selections: mergeSelections(inner) } }]
  })
}
