import { type FieldNode, type FragmentDefinitionNode, Kind, parse, type SelectionSetNode } from 'graphql'
import { isIncluded, type Switches } from './shape.ts'

/** Response keys that a subgraph's document asks for, as a tree; fragments are unfolded, type conditions passed over. */
export interface KeyTree extends ReadonlyMap<string, KeyTree> {}

function keyOf(field: FieldNode): string {
  return field.alias?.value ?? field.name.value
}

class Reader {
  private readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>
  private readonly switches: Switches

  constructor(fragments: ReadonlyMap<string, FragmentDefinitionNode>, switches: Switches) {
    this.fragments = fragments
    this.switches = switches
  }

  read(set: SelectionSetNode, into = new Map<string, Map<string, KeyTree>>()) {
    for (const selection of set.selections) {
      if (!isIncluded(selection.directives, this.switches)) continue
      if (selection.kind === Kind.FIELD) {
        const key = keyOf(selection)
        const inner = into.get(key) ?? new Map()
        into.set(key, inner)
        if (selection.selectionSet) this.read(selection.selectionSet, inner)
        continue
      }
      const fragment =
        selection.kind === Kind.INLINE_FRAGMENT ? selection : this.fragments.get(selection.name.value)
      if (fragment) this.read(fragment.selectionSet, into)
    }
    return into
  }
}

/** The keys that a document of one operation asks for, its `@skip` and `@include` switched so. */
export function providedKeys(text: string, switches: Switches): KeyTree {
  const document = parse(text, { noLocation: true })
  const fragments = new Map<string, FragmentDefinitionNode>()
  for (const node of document.definitions) {
    if (node.kind === Kind.FRAGMENT_DEFINITION) fragments.set(node.name.value, node)
  }
  const operation = document.definitions.find((node) => node.kind === Kind.OPERATION_DEFINITION)
  if (!operation) return new Map()
  return new Reader(fragments, switches).read(operation.selectionSet)
}
