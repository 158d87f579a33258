import {
  type ASTNode,
  type ASTVisitor,
  type DocumentNode,
  type FieldNode,
  type InlineFragmentNode,
  Kind,
  parse,
  print,
  type SelectionNode,
  visit,
} from 'graphql'
import { type Case, isAlike, isValid, type OpenWorld, type Outcome } from './run-case.ts'

/** A change at one node: another node, null to leave it out, or undefined where it does not apply. */
type Edit = (node: ASTNode) => ASTNode | null | undefined

const edits: readonly Edit[] = [
  (node) =>
    node.kind === Kind.FIELD || node.kind === Kind.INLINE_FRAGMENT || node.kind === Kind.FRAGMENT_SPREAD
      ? null
      : undefined,
  (node) => (node.kind === Kind.OPERATION_DEFINITION ? null : undefined),
  (node) => (node.kind === Kind.DIRECTIVE ? null : undefined),
  (node) => (node.kind === Kind.ARGUMENT ? null : undefined),
  (node) => (node.kind === Kind.OBJECT_FIELD ? null : undefined),
  (node) => {
    if (node.kind !== Kind.FIELD || !node.alias) return undefined
    const { alias: _alias, ...rest } = node
    return rest as FieldNode
  },
  (node) => {
    if (node.kind !== Kind.INLINE_FRAGMENT || !node.typeCondition) return undefined
    const { typeCondition: _condition, ...rest } = node
    return rest as InlineFragmentNode
  },
]

/** Fields of fragments without a condition stand where the fragment stands. */
function unwrap(document: DocumentNode): DocumentNode {
  return visit(document, {
    SelectionSet: {
      leave: (set) => {
        const isBare = (it: SelectionNode): it is InlineFragmentNode =>
          it.kind === Kind.INLINE_FRAGMENT && !it.typeCondition && !it.directives?.length
        return {
          ...set,
          selections: set.selections.flatMap((it) => (isBare(it) ? it.selectionSet.selections : [it])),
        }
      },
    },
  })
}

/** Named fragments as inline ones. */
function inline(document: DocumentNode): DocumentNode {
  const fragments = new Map(
    document.definitions.flatMap((it) =>
      it.kind === Kind.FRAGMENT_DEFINITION ? [[it.name.value, it] as const] : [],
    ),
  )
  return visit(document, {
    FragmentDefinition: () => null,
    FragmentSpread: (spread) => {
      const fragment = fragments.get(spread.name.value)
      if (!fragment) return undefined
      const { typeCondition, selectionSet } = fragment
      return { kind: Kind.INLINE_FRAGMENT, typeCondition, selectionSet, directives: spread.directives ?? [] }
    },
  })
}

/** Leaves out variables and fragments that nothing uses any more. */
function tidy(document: DocumentNode): DocumentNode {
  const used = new Set<string>()
  visit(document, {
    VariableDefinition: () => false,
    Variable: ({ name }) => void used.add(`$${name.value}`),
    FragmentSpread: ({ name }) => void used.add(name.value),
  })
  return visit(document, {
    FragmentDefinition: ({ name }) => (used.has(name.value) ? undefined : null),
    VariableDefinition: ({ variable }) => (used.has(`$${variable.name.value}`) ? undefined : null),
  })
}

function withEdit(document: DocumentNode, edit: Edit, place: number): DocumentNode | undefined {
  let at = 0
  let isDone = false
  const visitor: ASTVisitor = {
    enter(node) {
      const changed = isDone ? undefined : edit(node)
      if (changed === undefined || at++ !== place) return undefined
      isDone = true
      return changed
    },
  }
  const changed: DocumentNode = visit(document, visitor)
  return isDone ? changed : undefined
}

function* smaller(document: DocumentNode): Generator<DocumentNode> {
  yield inline(document)
  yield unwrap(document)
  for (const edit of edits) {
    for (let place = 0; ; place++) {
      const changed = withEdit(document, edit, place)
      if (!changed) break
      yield changed
    }
  }
}

function caseOf(document: DocumentNode, it: Case): Case {
  const names = new Set<string>()
  visit(document, { VariableDefinition: ({ variable }) => void names.add(variable.name.value) })
  const variables = Object.fromEntries(Object.entries(it.variables).filter(([name]) => names.has(name)))
  return { ...it, query: print(document), variables }
}

/** A case as small as single steps make it that differs by the same rule, and its outcome. */
export async function shrink(
  world: OpenWorld,
  start: Case,
  outcome: Outcome,
): Promise<{ found: Case; outcome: Outcome }> {
  let best = { found: start, outcome }
  const seen = new Set([start.query])
  // Each round starts anew from a smaller operation; the limit is for operations that shrink without end.
  for (let round = 0; round < 200; round++) {
    let next: typeof best | undefined
    for (const candidate of smaller(parse(best.found.query))) {
      const document = tidy(candidate)
      const found = caseOf(document, best.found)
      if (seen.has(found.query) || !isValid(found.query, world)) continue
      seen.add(found.query)
      const tried = await world.run(found)
      if (!isAlike(tried, outcome)) continue
      next = { found, outcome: tried }
      break
    }
    if (!next) return best
    best = next
  }
  return best
}
