import {
  type FieldNode,
  type FragmentDefinitionNode,
  Kind,
  type OperationDefinitionNode,
  parse,
  type SelectionSetNode,
  type ValueNode,
} from 'graphql'
import { isIncluded, type Switches } from '../execution/shape.ts'
import type { JoinedTypes } from './joined-types.ts'
import type { EntitiesNode, FetchNode, Path, PlanNode, Rewrite } from './plan.ts'
import { childrenOf } from './plan-nodes.ts'

/** Objects of these types; undefined = any. */
export type Types = ReadonlySet<string> | undefined

/** A selection set that some fetch sends, or the way to one. */
export interface Provided {
  readonly id: number
  readonly entries: ProvidedField[]
}

/** One field of it. */
export interface ProvidedField {
  readonly types: Types
  /** Its key in the data. */
  readonly key: string
  /** Undefined = only the way to what is provided below. */
  readonly source: { readonly subgraph: string; readonly name: string; readonly call: string } | undefined
  readonly child: Provided | undefined
}

/** What stands within both. */
function both(one: Types, other: Types): Types {
  if (!one || !other) return one ?? other
  return new Set([...one].filter((name) => other.has(name)))
}

/**
 * A field with the variables of its arguments. Literals are left out: a planner may write them in another way (`[1]` for
 * 1 where a list is asked for), and what clients write as literals stands in variables by now, but for some within lists
 * and objects.
 */
export function callOf({ name, arguments: given = [] }: FieldNode): string {
  const written = given.flatMap((argument) => {
    const variables = variablesOf(argument.value)
    return variables.length > 0 ? [`${argument.name.value}: ${variables.join(' ')}`] : []
  })
  return written.length > 0 ? `${name.value}(${written.toSorted().join(', ')})` : name.value
}

function variablesOf(value: ValueNode): string[] {
  if (value.kind === Kind.VARIABLE) return [`$${value.name.value}`]
  if (value.kind === Kind.LIST) return value.values.flatMap(variablesOf).toSorted()
  return value.kind === Kind.OBJECT
    ? value.fields.flatMap((field) => variablesOf(field.value)).toSorted()
    : []
}

function keyOf(field: FieldNode): string {
  return (field.alias ?? field.name).value
}

interface SentDocument {
  readonly operation: OperationDefinitionNode
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>
}

function readDocument(text: string): SentDocument | undefined {
  const fragments = new Map<string, FragmentDefinitionNode>()
  let operation: OperationDefinitionNode | undefined
  for (const node of parse(text, { noLocation: true }).definitions) {
    if (node.kind === Kind.FRAGMENT_DEFINITION) fragments.set(node.name.value, node)
    else if (node.kind === Kind.OPERATION_DEFINITION) operation = node
  }
  return operation && { operation, fragments }
}

/** The fetches that are sent when variables are switched so. */
function* fetchesOf(node: PlanNode | undefined, switches: Switches): Generator<FetchNode | EntitiesNode> {
  if (!node) return
  if (node.kind === 'fetch' || node.kind === 'entities') yield node
  const children =
    node.kind === 'condition' ? [switches[node.variable] ? node.whenTrue : node.whenFalse] : childrenOf(node)
  for (const child of children) yield* fetchesOf(child, switches)
}

/** What the fetches of one plan ask for together, for one way in which `@skip` and `@include` are switched. */
export class PlanReader {
  readonly #types: JoinedTypes
  readonly #documents = new Map<string, SentDocument | undefined>()
  #lastId = 0

  constructor(types: JoinedTypes) {
    this.#types = types
  }

  /** All that is provided at the root of the data. */
  read(plan: PlanNode | undefined, switches: Switches): readonly Provided[] {
    return [...fetchesOf(plan, switches)].flatMap((node) => this.#fetched(node, switches))
  }

  #documentOf({ document }: FetchNode | EntitiesNode): SentDocument | undefined {
    if (!this.#documents.has(document)) this.#documents.set(document, readDocument(document))
    return this.#documents.get(document)
  }

  #fetched(node: FetchNode | EntitiesNode, switches: Switches): Provided[] {
    const sent = this.#documentOf(node)
    if (!sent) return []
    const reader = new SetReader({ ...sent, subgraph: node.subgraph, switches, types: this.#types }, () => {
      this.#lastId += 1
      return this.#lastId
    })
    if (node.kind === 'fetch') {
      const top = reader.set(sent.operation.selectionSet)
      rename(top, node.outputRewrites, this.#types)
      return [this.#at(node.path ?? [], top)]
    }
    return node.groups.flatMap((group) => {
      const field = sent.operation.selectionSet.selections.find(
        (selection): selection is FieldNode =>
          selection.kind === Kind.FIELD && keyOf(selection) === group.responseKey,
      )
      if (!field?.selectionSet || !isIncluded(field.directives, switches)) return []
      const top = reader.set(field.selectionSet)
      rename(top, group.outputRewrites, this.#types)
      return group.paths.map((path) => this.#at(path, top))
    })
  }

  /** The way from the root of the data. */
  #at(path: Path, end: Provided, from = 0): Provided {
    let types: Types
    for (let place = from; place < path.length; place++) {
      const segment = path[place]
      if (segment?.kind === 'types') types = both(types, objectsOfAny(segment.names, this.#types))
      if (segment?.kind !== 'field') continue
      this.#lastId += 1
      const child = this.#at(path, end, place + 1)
      return { id: this.#lastId, entries: [{ types, key: segment.key, source: undefined, child }] }
    }
    if (!types) return end
    this.#lastId += 1
    return {
      id: this.#lastId,
      entries: end.entries.map((entry) => ({ ...entry, types: both(entry.types, types) })),
    }
  }
}

function objectsOfAny(names: readonly string[], types: JoinedTypes): Types {
  return new Set(names.flatMap((name) => [name, ...types.objectsOf(name)]))
}

/** What is renamed is provided under its new key as well. */
function rename(top: Provided, rewrites: readonly Rewrite[], types: JoinedTypes): void {
  for (const rewrite of rewrites) {
    if (rewrite.kind !== 'rename') continue
    let level: readonly Provided[] = [top]
    let within: Types
    for (const [place, segment] of rewrite.path.entries()) {
      if (segment.kind === 'types') {
        within = both(within, objectsOfAny(segment.names, types))
        continue
      }
      const isLast = place === rewrite.path.length - 1
      const next: Provided[] = []
      for (const { entries } of level) {
        for (const entry of entries.filter(({ key }) => key === segment.key)) {
          if (isLast) entries.push({ ...entry, key: rewrite.key, types: both(entry.types, within) })
          else if (entry.child) next.push(entry.child)
        }
      }
      level = next
      within = undefined
    }
  }
}

interface SetSource extends SentDocument {
  readonly subgraph: string
  readonly switches: Switches
  readonly types: JoinedTypes
}

/** Reads the selection sets of one document. */
class SetReader {
  readonly #source: SetSource
  readonly #nextId: () => number

  constructor(source: SetSource, nextId: () => number) {
    this.#source = source
    this.#nextId = nextId
  }

  set(set: SelectionSetNode): Provided {
    const entries: ProvidedField[] = []
    this.#add(set, undefined, entries)
    return { id: this.#nextId(), entries }
  }

  #add(set: SelectionSetNode, types: Types, into: ProvidedField[]): void {
    const { subgraph, switches, fragments } = this.#source
    for (const selection of set.selections) {
      if (!isIncluded(selection.directives, switches)) continue
      if (selection.kind === Kind.FIELD) {
        const { value: name } = selection.name
        const source = { subgraph, name, call: callOf(selection) }
        const child = selection.selectionSet && this.set(selection.selectionSet)
        into.push({ types, key: keyOf(selection), source, child })
        continue
      }
      const fragment =
        selection.kind === Kind.INLINE_FRAGMENT ? selection : fragments.get(selection.name.value)
      if (!fragment) continue
      const condition = fragment.typeCondition?.name.value
      const within = condition && this.#source.types.objectsIn(subgraph, condition)
      this.#add(fragment.selectionSet, both(types, within || undefined), into)
    }
  }
}
