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
import { literalsOf, typesWithInputs } from './inputs.ts'
import type { JoinedTypes } from './joined-types.ts'
import type { EntitiesNode, EntityGroup, FetchNode, Path, PlanNode, Rewrite } from './plan.ts'
import { childrenOf } from './plan-nodes.ts'
import type { SubgraphFacts } from './subgraph-facts.ts'
import { fieldOf, fragmentsOf, withFragments } from './whole-representations.ts'

const noVariables: ReadonlySet<string> = new Set()

/** Objects of these types; undefined = any. */
export type Types = ReadonlySet<string> | undefined

/** A selection set that some fetch sends, or the way to one. */
export interface Provided {
  readonly id: number
  readonly entries: ProvidedField[]
}

/** Where a field is asked for, and how. */
export interface FieldSource {
  readonly subgraph: string
  readonly name: string
  /** As `callOf` has it. */
  readonly call: string
  /** As `literalsOf` has them. */
  readonly literals: string
}

/** One field of it. */
export interface ProvidedField {
  readonly types: Types
  /** Its key in the data. */
  readonly key: string
  /** Undefined = only the way to what is provided below. */
  readonly source: FieldSource | undefined
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
 *
 * @param others variables that are none of the client's
 */
export function callOf({ name, arguments: given = [] }: FieldNode, others = noVariables): string {
  const written = given.flatMap((argument) => {
    const variables = variablesOf(argument.value).filter((variable) => !others.has(variable))
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
  const document = parse(text, { noLocation: true })
  const operation = document.definitions.find((node) => node.kind === Kind.OPERATION_DEFINITION)
  return operation && { operation, fragments: fragmentsOf(document) }
}

/** What holds where a node of a plan stands. */
interface Before {
  /** What was fetched before it. */
  readonly provided: readonly Provided[]
  /** Type at the root of the data. */
  readonly root: string
  readonly switches: Switches
}

/** What the fetches of one plan ask for together, for one way in which `@skip` and `@include` are switched. */
export class PlanReader {
  readonly #facts: SubgraphFacts
  readonly #types: JoinedTypes
  readonly #documents = new Map<string, SentDocument | undefined>()
  #lastId = 0

  constructor(facts: SubgraphFacts) {
    this.#facts = facts
    this.#types = facts.types
  }

  /**
   * All that is provided at the root of the data.
   *
   * @param root the root type that the operation is of
   */
  read(plan: PlanNode | undefined, root: string, switches: Switches): readonly Provided[] {
    return this.#after(plan, { provided: [], root, switches })
  }

  #after(node: PlanNode | undefined, before: Before): readonly Provided[] {
    const { provided, switches } = before
    if (!node) return provided
    switch (node.kind) {
      case 'fetch':
      case 'entities':
        return [...provided, ...this.#fetched(node, before)]
      case 'condition':
        return this.#after(switches[node.variable] ? node.whenTrue : node.whenFalse, before)
      case 'parallel':
        return [
          ...provided,
          ...node.nodes.flatMap((child) => this.#after(child, before).slice(provided.length)),
        ]
      default:
        return childrenOf(node).reduce(
          (so, child) => this.#after(child, { ...before, provided: so }),
          provided,
        )
    }
  }

  #documentOf({ document }: FetchNode | EntitiesNode): SentDocument | undefined {
    if (!this.#documents.has(document)) this.#documents.set(document, readDocument(document))
    return this.#documents.get(document)
  }

  #fetched(node: FetchNode | EntitiesNode, before: Before): Provided[] {
    const sent = this.#documentOf(node)
    if (!sent) return []
    const { subgraph } = node
    const { switches } = before
    const source = { ...sent, subgraph, switches, types: this.#types, others: othersIn(node) }
    const reader = new SetReader(source, () => this.#nextId())
    if (node.kind === 'fetch') {
      const top = reader.set(sent.operation.selectionSet)
      rename(top, node.outputRewrites, this.#types)
      return [this.#at(node.path ?? [], top)]
    }
    return node.groups.flatMap((group) => {
      const field = fieldOf(group, sent.operation.selectionSet)
      const entities = field?.selectionSet
      if (!entities || !isIncluded(field.directives, switches)) return []
      const top = reader.set(entities, representedBy(group, this.#types))
      rename(top, group.outputRewrites, this.#types)
      const unfolded = withFragments(entities, sent.fragments)
      const asked = { group, entities: unfolded, subgraph, facts: this.#facts }
      return group.paths.map((path) => this.#at(path, this.#of(typesWithInputs(path, asked, before), top)))
    })
  }

  #nextId(): number {
    this.#lastId += 1
    return this.#lastId
  }

  /** The same for objects of these types alone. */
  #of(types: Types, { id, entries }: Provided): Provided {
    if (!types) return { id, entries }
    return {
      id: this.#nextId(),
      entries: entries.map((entry) => ({ ...entry, types: both(entry.types, types) })),
    }
  }

  /** The way from the root of the data. */
  #at(path: Path, end: Provided, from = 0): Provided {
    let types: Types
    for (let place = from; place < path.length; place++) {
      const segment = path[place]
      if (segment?.kind === 'types') types = both(types, objectsOfAny(segment.names, this.#types))
      if (segment?.kind !== 'field') continue
      const child = this.#at(path, end, place + 1)
      return { id: this.#nextId(), entries: [{ types, key: segment.key, source: undefined, child }] }
    }
    return this.#of(types, end)
  }
}

/** Variables of a fetch that arguments get from a context, with `$`. */
function othersIn(node: FetchNode | EntitiesNode): ReadonlySet<string> {
  const groups = node.kind === 'entities' ? node.groups : []
  const given = groups.flatMap(({ contextArguments }) => contextArguments ?? [])
  return new Set(given.map(({ variable }) => `$${variable}`))
}

function objectsOfAny(names: readonly string[], types: JoinedTypes): Types {
  return new Set(names.flatMap((name) => [name, ...types.objectsOf(name)]))
}

/** Objects of which a group sends a representation. */
function representedBy({ requires }: EntityGroup, types: JoinedTypes): Types {
  const names = requires.flatMap((one) => (one.kind === 'fragment' ? (one.type ?? []) : []))
  return names.length < requires.length ? undefined : objectsOfAny(names, types)
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
  readonly others: ReadonlySet<string>
}

/** Reads the selection sets of one document. */
class SetReader {
  readonly #source: SetSource
  readonly #nextId: () => number

  constructor(source: SetSource, nextId: () => number) {
    this.#source = source
    this.#nextId = nextId
  }

  /** @param types of what objects it is; undefined = any */
  set(set: SelectionSetNode, types?: Types): Provided {
    const entries: ProvidedField[] = []
    this.#add(set, types, entries)
    return { id: this.#nextId(), entries }
  }

  #add(set: SelectionSetNode, types: Types, into: ProvidedField[]): void {
    const { subgraph, switches, fragments, others } = this.#source
    for (const selection of set.selections) {
      if (!isIncluded(selection.directives, switches)) continue
      if (selection.kind === Kind.FIELD) {
        const { value: name } = selection.name
        const source = { subgraph, name, call: callOf(selection, others), literals: literalsOf(selection) }
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
