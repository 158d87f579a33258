import { type FieldNode, type FragmentDefinitionNode, Kind, type SelectionSetNode } from 'graphql'
import { isIncluded, type Switches, switchesOf } from '../execution/shape.ts'
import { documentOf, type FetchedPart } from './fetched-part.ts'
import { type JoinedTypes, rootTypes } from './joined-types.ts'
import type { PlanNode } from './plan.ts'
import { callOf, type FieldSource, PlanReader, type Provided, type ProvidedField } from './provided.ts'
import type { SubgraphFacts } from './subgraph-facts.ts'

/** Up to so many variables are switched in every way together; of more, each alone. */
const combinedSwitches = 4

function* everySwitching(names: readonly string[]): Generator<Switches> {
  const switchedBy = (isOn: (place: number) => boolean): Switches =>
    Object.fromEntries(names.map((name, place) => [name, isOn(place)]))
  if (names.length <= combinedSwitches) {
    for (let bits = 0; bits < 2 ** names.length; bits++)
      yield switchedBy((place) => (bits & (1 << place)) !== 0)
    return
  }
  for (const others of [false, true]) {
    yield switchedBy(() => others)
    for (const [alone] of names.entries()) yield switchedBy((place) => (place === alone) !== others)
  }
}

interface Selected {
  readonly name: string
  readonly call: string
  readonly sets: SelectionSetNode[]
}

/** What is wanted, and what is there for it, at one place of the data. */
interface Place {
  readonly sets: readonly SelectionSetNode[]
  readonly provided: readonly Provided[]
  /** Types that an object can have here. */
  readonly objects: readonly string[]
  readonly path: string
}

class Check {
  readonly #fragments: ReadonlyMap<string, FragmentDefinitionNode>
  readonly #types: JoinedTypes
  readonly #switches: Switches
  readonly #setIds = new Map<SelectionSetNode, number>()
  readonly #done = new Set<string>()

  constructor(part: FetchedPart, types: JoinedTypes, switches: Switches) {
    this.#fragments = new Map(part.fragments.map((fragment) => [fragment.name.value, fragment]))
    this.#types = types
    this.#switches = switches
  }

  /** What is wrong at a place or below it, in words. */
  problemAt(place: Place): string | undefined {
    if (this.#isDone(place)) return undefined
    for (const object of place.objects) {
      const selected = new Map<string, Selected>()
      for (const set of place.sets) this.#collect(set, object, selected)
      for (const [key, wanted] of selected) {
        const problem = this.#problemOf(key, wanted, { ...place, object })
        if (problem !== undefined) return problem
      }
    }
    return undefined
  }

  /** The same selections meet the same answers many times where types are many. */
  #isDone({ sets, provided, objects }: Place): boolean {
    const idOf = (set: SelectionSetNode) => {
      const id = this.#setIds.get(set) ?? this.#setIds.size
      this.#setIds.set(set, id)
      return id
    }
    const key = `${sets.map(idOf).join()} ${provided.map(({ id }) => id).join()} ${objects.join()}`
    if (this.#done.has(key)) return true
    this.#done.add(key)
    return false
  }

  #collect(set: SelectionSetNode, object: string, into: Map<string, Selected>): void {
    for (const selection of set.selections) {
      if (!isIncluded(selection.directives, this.#switches)) continue
      if (selection.kind === Kind.FIELD) {
        this.#add(selection, into)
        continue
      }
      const fragment =
        selection.kind === Kind.INLINE_FRAGMENT ? selection : this.#fragments.get(selection.name.value)
      const condition = fragment?.typeCondition?.name.value
      if (!fragment) continue
      if (condition !== undefined && !this.#types.objectsOf(condition).includes(object)) continue
      this.#collect(fragment.selectionSet, object, into)
    }
  }

  #add(field: FieldNode, into: Map<string, Selected>): void {
    const { value: name } = field.name
    // Planners add it themselves wherever the type has to be told.
    if (name === '__typename') return
    const key = (field.alias ?? field.name).value
    const before = into.get(key) ?? { name, call: callOf(field), sets: [] }
    if (field.selectionSet) before.sets.push(field.selectionSet)
    into.set(key, before)
  }

  #problemOf(
    key: string,
    { name, call, sets }: Selected,
    { provided, object, path }: Place & { readonly object: string },
  ): string | undefined {
    const entries = provided.flatMap((one) =>
      one.entries.filter((entry) => entry.key === key && (entry.types?.has(object) ?? true)),
    )
    const sources = entries.flatMap(({ source }) => source ?? [])
    const here = `${path}.${key}`
    if (sources.length === 0) return `does not fetch ${object}.${name} at ${here}.`
    const other = sources.find((source) => source.call !== call)
    if (other) return `fetches ${other.call} in the place of ${call} at ${here}.`
    if (sets.length === 0) return undefined
    const invalid = entries.find((entry) => this.#isInvalid(object, entry))
    if (invalid) return `asks for types at ${here} that cannot be there.`
    const graphs = sources.map(({ subgraph }) => subgraph)
    const below = {
      provided: entries.flatMap(({ child }) => child ?? []),
      objects: this.#types.objectsBelow(object, name, graphs),
    }
    const mustTell = sets.some((set) => this.#tellsApart(set, below.objects))
    if (mustTell && !this.#areNamed(object, sources, below)) {
      return `does not fetch of which type an object at ${here} is.`
    }
    return this.problemAt({ ...below, sets, path: here })
  }

  /** Whether what is selected of objects of these types depends on which of them each is. */
  #tellsApart({ selections }: SelectionSetNode, objects: readonly string[]): boolean {
    return selections.some((selection) => {
      if (selection.kind === Kind.FIELD) return selection.name.value === '__typename'
      const fragment =
        selection.kind === Kind.INLINE_FRAGMENT ? selection : this.#fragments.get(selection.name.value)
      const condition = fragment?.typeCondition?.name.value
      const possible = condition === undefined ? objects : this.#types.objectsOf(condition)
      if (objects.some((name) => !possible.includes(name))) return true
      return fragment !== undefined && this.#tellsApart(fragment.selectionSet, objects)
    })
  }

  /** Whether subgraphs say of which type an object of a field is, where some know it by an interface's name alone. */
  #areNamed(
    object: string,
    sources: readonly FieldSource[],
    below: Pick<Place, 'provided' | 'objects'>,
  ): boolean {
    const [first] = sources
    const isByName = ({ subgraph }: FieldSource) =>
      first !== undefined && this.#types.isAnsweredByName(subgraph, object, first.name)
    if (!sources.every(isByName)) return true
    const names = below.provided.flatMap(({ entries }) =>
      entries.filter(({ key, source }) => key === '__typename' && source && !isByName(source)),
    )
    return below.objects.every((name) => names.some(({ types }) => types?.has(name) ?? true))
  }

  /** Whether a subgraph would refuse a document: https://spec.graphql.org/October2021/#sec-Fragment-spread-is-possible */
  #isInvalid(object: string, { source, child }: ProvidedField): boolean {
    const possible = source && this.#types.objectsFrom(source.subgraph, object, source.name)
    if (!possible || !child) return false
    return child.entries.some(({ types }) => types && ![...types].some((name) => possible.has(name)))
  }
}

/**
 * Whether a plan fetches all that an operation selects, with the arguments that it gives, for every object that the
 * subgraphs it asks can answer with. Two planners forget fields now and then, which would be null without an error.
 *
 * @returns what is wrong, in words that follow "The plan"; undefined = nothing
 */
export function missingField(
  part: FetchedPart,
  plan: PlanNode | undefined,
  facts: SubgraphFacts,
): string | undefined {
  const { operation, selectionSet } = part.operation
  const reader = new PlanReader(facts)
  const root = rootTypes[operation]
  for (const switches of everySwitching(switchesOf(documentOf(part)))) {
    const provided = reader.read(plan, root, switches)
    const check = new Check(part, facts.types, switches)
    const problem = check.problemAt({ sets: [selectionSet], provided, objects: [root], path: operation })
    if (problem !== undefined) return problem
  }
  return undefined
}
