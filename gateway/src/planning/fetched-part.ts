import {
  type DocumentNode,
  type FragmentDefinitionNode,
  Kind,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
  visit,
} from 'graphql'

/** An operation as a planner takes it: the root selections hold no fragment spread. */
export interface FetchedPart {
  readonly operation: OperationDefinitionNode
  readonly fragments: readonly FragmentDefinitionNode[]
}

/** Answered by the gateway itself. They can stand at the root alone, except `__typename`. */
const answeredHere = new Set(['__schema', '__type', '__typename'])

function atRoot(
  set: SelectionSetNode,
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
): SelectionNode[] {
  return set.selections.flatMap((selection): SelectionNode[] => {
    if (selection.kind === Kind.FIELD) return answeredHere.has(selection.name.value) ? [] : [selection]
    const spread = selection.kind === Kind.FRAGMENT_SPREAD ? fragments.get(selection.name.value) : undefined
    const inner = selection.kind === Kind.INLINE_FRAGMENT ? selection : spread
    if (!inner) return []
    const selections = atRoot(inner.selectionSet, fragments)
    if (selections.length === 0) return []
    const { typeCondition } = inner
    const { directives = [] } = selection
    const selectionSet: SelectionSetNode = { kind: Kind.SELECTION_SET, selections }
    return [
      { kind: Kind.INLINE_FRAGMENT, ...(typeCondition ? { typeCondition } : {}), directives, selectionSet },
    ]
  })
}

function namesSpreadIn(node: OperationDefinitionNode | FragmentDefinitionNode): string[] {
  const names: string[] = []
  visit(node, {
    FragmentSpread(spread) {
      names.push(spread.name.value)
    },
  })
  return names
}

function reachable(
  operation: OperationDefinitionNode,
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
) {
  const found = new Set<FragmentDefinitionNode>()
  const open = namesSpreadIn(operation)
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    const fragment = fragments.get(name)
    if (!fragment || found.has(fragment)) continue
    found.add(fragment)
    open.push(...namesSpreadIn(fragment))
  }
  return [...found]
}

/**
 * What of an operation subgraphs are asked for: without introspection and `__typename` at the root, which the gateway
 * answers. Undefined = nothing.
 *
 * @param document one operation and its fragments, valid
 */
export function fetchedPart(document: DocumentNode): FetchedPart | undefined {
  let operation: OperationDefinitionNode | undefined
  const fragments = new Map<string, FragmentDefinitionNode>()
  for (const definition of document.definitions) {
    if (definition.kind === Kind.OPERATION_DEFINITION) operation = definition
    else if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition)
  }
  if (!operation) return undefined
  const selections = atRoot(operation.selectionSet, fragments)
  if (selections.length === 0) return undefined
  const fetched = { ...operation, selectionSet: { ...operation.selectionSet, selections } }
  return { operation: fetched, fragments: reachable(fetched, fragments) }
}

/** The part as a document. */
export function documentOf(part: FetchedPart): DocumentNode {
  return { kind: Kind.DOCUMENT, definitions: [part.operation, ...part.fragments] }
}
