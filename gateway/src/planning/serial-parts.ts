import { Kind, type SelectionNode } from 'graphql'
import type { FetchedPart } from './fetched-part.ts'

interface RootField {
  /** Its key in the answer. */
  readonly key: string
  readonly selection: SelectionNode
}

/** Root selections that hold one field each, within the fragments that they stood in. */
function oneByOne(selections: readonly SelectionNode[]): RootField[] {
  return selections.flatMap((selection): RootField[] => {
    if (selection.kind === Kind.FIELD) return [{ key: (selection.alias ?? selection.name).value, selection }]
    if (selection.kind === Kind.FRAGMENT_SPREAD) return []
    return oneByOne(selection.selectionSet.selections).map(({ key, selection: inner }) => ({
      key,
      selection: { ...selection, selectionSet: { kind: Kind.SELECTION_SET, selections: [inner] } },
    }))
  })
}

/**
 * A mutation as one operation a root field, in order. Selections of the same response key stay together: they are one
 * field, which runs once.
 */
export function serialParts(part: FetchedPart): readonly FetchedPart[] {
  const fields = new Map<string, SelectionNode[]>()
  for (const { key, selection } of oneByOne(part.operation.selectionSet.selections)) {
    fields.set(key, [...(fields.get(key) ?? []), selection])
  }
  return [...fields.values()].map((selections) => ({
    ...part,
    operation: { ...part.operation, selectionSet: { kind: Kind.SELECTION_SET, selections } },
  }))
}
