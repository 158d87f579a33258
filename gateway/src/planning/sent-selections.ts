import {
  type ASTNode,
  type DefinitionNode,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  Kind,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
  visit,
} from 'graphql'
import { rootTypes } from './joined-types.ts'
import { PlanningFailed } from './planning-failed.ts'
import type { SubgraphFacts, SubgraphField } from './subgraph-facts.ts'

/** Where selections stand in a subgraph's document. */
interface Place {
  /** Undefined = not known, and nothing is looked at. */
  readonly type: string | undefined
  /** Selections of external fields that the subgraph can answer here. */
  readonly provided: readonly SelectionSetNode[]
}

/** What is selected of a field by name, also within fragments. */
function* selectionsOf(name: string, sets: readonly SelectionSetNode[]): Generator<FieldNode> {
  for (const { selections } of sets) {
    for (const selection of selections) {
      if (selection.kind === Kind.FIELD) {
        if (selection.name.value === name) yield selection
      } else if (selection.kind === Kind.INLINE_FRAGMENT) yield* selectionsOf(name, [selection.selectionSet])
    }
  }
}

class Reader {
  readonly #facts: SubgraphFacts
  readonly #subgraph: string
  /** Types that the document's fragments are on. */
  readonly #conditions: ReadonlyMap<string, string>

  constructor({ facts, subgraph }: Asked, document: DocumentNode) {
    this.#facts = facts
    this.#subgraph = subgraph
    this.#conditions = new Map(
      document.definitions.flatMap((node) =>
        node.kind === Kind.FRAGMENT_DEFINITION ? [[node.name.value, node.typeCondition.name.value]] : [],
      ),
    )
  }

  /** https://spec.graphql.org/October2021/#sec-Fragment-spread-is-possible */
  #canBe(type: string | undefined, condition: string | undefined): boolean {
    if (type === undefined || condition === undefined || type === condition) return true
    const possible = this.#facts.types.objectsIn(this.#subgraph, type)
    const wanted = this.#facts.types.objectsIn(this.#subgraph, condition)
    return !possible || !wanted || [...wanted].some((name) => possible.has(name))
  }

  /** The same selections without those that select nothing of an object; undefined where none is left. */
  set(set: SelectionSetNode, place: Place): SelectionSetNode | undefined {
    const kept = set.selections.map((selection) => this.#selection(selection, place))
    if (kept.every((selection, index) => selection === set.selections[index])) return set
    const selections = kept.filter((selection) => selection !== undefined)
    return selections.length > 0 ? { ...set, selections } : undefined
  }

  #selection(selection: SelectionNode, place: Place): SelectionNode | undefined {
    if (selection.kind === Kind.FRAGMENT_SPREAD) {
      const condition = this.#conditions.get(selection.name.value)
      return this.#canBe(place.type, condition) ? selection : undefined
    }
    if (selection.kind === Kind.INLINE_FRAGMENT) {
      const condition = selection.typeCondition?.name.value
      if (!this.#canBe(place.type, condition)) return undefined
      return this.#within(selection, { ...place, type: condition ?? place.type })
    }
    const { value: name } = selection.name
    if (name === '_entities') return this.#within(selection, { type: undefined, provided: [] })
    const found = place.type === undefined ? undefined : this.#facts.field(this.#subgraph, place.type, name)
    this.#refuseExternal(name, place)
    if (!selection.selectionSet) return found && this.#facts.isComposite(found.type) ? undefined : selection
    return this.#within(selection, this.#below(name, place, found))
  }

  #within<Node extends SelectionNode & { readonly selectionSet?: SelectionSetNode }>(
    node: Node,
    place: Place,
  ): Node | undefined {
    if (!node.selectionSet) return node
    const selectionSet = this.set(node.selectionSet, place)
    if (selectionSet === node.selectionSet) return node
    return selectionSet && { ...node, selectionSet }
  }

  #below(name: string, { provided }: Place, found: SubgraphField | undefined): Place {
    const deeper = [...selectionsOf(name, provided)].flatMap(({ selectionSet }) => selectionSet ?? [])
    return { type: found?.type, provided: found?.provides ? [...deeper, found.provides] : deeper }
  }

  #refuseExternal(name: string, { type, provided }: Place): void {
    if (type === undefined || !selectionsOf(name, provided).next().done) return
    const objects = this.#facts.types.objectsIn(this.#subgraph, type) ?? []
    for (const object of new Set([type, ...objects])) {
      if (!this.#facts.field(this.#subgraph, object, name)?.isExternal) continue
      throw new PlanningFailed(
        `The plan asks ${this.#subgraph} for ${object}.${name}, which is external there.`,
      )
    }
  }
}

function rootOf(definition: OperationDefinitionNode | FragmentDefinitionNode): string {
  return definition.kind === Kind.OPERATION_DEFINITION
    ? rootTypes[definition.operation]
    : definition.typeCondition.name.value
}

interface Asked {
  readonly subgraph: string
  readonly facts: SubgraphFacts
}

/** Names of variables that are used, and of fragments that are spread, in selections or those that they spread. */
function namesUsedIn(document: DocumentNode): ReadonlySet<string> {
  const used = new Set<string>()
  const fragments = new Map<string, FragmentDefinitionNode>()
  const read = (node: ASTNode) =>
    visit(node, {
      VariableDefinition: () => false,
      Variable: ({ name }) => {
        used.add(`$${name.value}`)
      },
      FragmentSpread: ({ name }) => {
        const fragment = fragments.get(name.value)
        if (!fragment || used.has(name.value)) return
        used.add(name.value)
        read(fragment)
      },
    })
  for (const node of document.definitions) {
    if (node.kind === Kind.FRAGMENT_DEFINITION) fragments.set(node.name.value, node)
  }
  for (const node of document.definitions) if (node.kind === Kind.OPERATION_DEFINITION) read(node)
  return used
}

/** The same document without variables and fragments that nothing uses any more: subgraphs refuse those. */
function withoutUnused(document: DocumentNode): DocumentNode {
  const used = namesUsedIn(document)
  return visit(document, {
    VariableDefinition: ({ variable }) => (used.has(`$${variable.name.value}`) ? undefined : null),
    FragmentDefinition: ({ name }) => (used.has(name.value) ? undefined : null),
  })
}

/**
 * What a subgraph is sent, without objects of which nothing is selected, and without fragments on types that cannot be
 * there: planners leave them behind where what was selected comes from elsewhere, and a subgraph refuses the whole
 * document then.
 *
 * @returns the same document when nothing had to change
 * @throws PlanningFailed where it asks for what the subgraph has in name alone, or nothing is left to ask for
 */
export function withSentSelections(document: DocumentNode, asked: Asked): DocumentNode {
  const reader = new Reader(asked, document)
  const definitions = document.definitions.map((definition): DefinitionNode => {
    if (definition.kind !== Kind.OPERATION_DEFINITION && definition.kind !== Kind.FRAGMENT_DEFINITION) {
      return definition
    }
    const selectionSet = reader.set(definition.selectionSet, { type: rootOf(definition), provided: [] })
    if (!selectionSet) throw new PlanningFailed(`The plan asks ${asked.subgraph} for nothing.`)
    return selectionSet === definition.selectionSet ? definition : { ...definition, selectionSet }
  })
  const isSame = definitions.every((definition, index) => definition === document.definitions[index])
  return isSame ? document : withoutUnused({ ...document, definitions })
}
