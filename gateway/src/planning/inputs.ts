import { type FieldNode, Kind, print, type SelectionSetNode } from 'graphql'
import type { Path, RequiredSelection } from './plan.ts'
import type { Provided, ProvidedField } from './provided.ts'
import type { SubgraphFacts } from './subgraph-facts.ts'
import { type Asked, fieldsFor, requiredBy } from './whole-representations.ts'

/** A place of the data: what is there for it, and of which types its objects can be. */
interface Place {
  readonly provided: readonly Provided[]
  readonly objects: readonly string[]
}

const isFor = ({ types }: ProvidedField, object: string) => types?.has(object) ?? true

function step({ provided, objects }: Place, key: string, { types }: SubgraphFacts): Place {
  const entries = provided.flatMap((one) => one.entries.filter((entry) => entry.key === key))
  const below = objects.flatMap((object) => {
    const sources = entries.filter((entry) => isFor(entry, object)).flatMap(({ source }) => source ?? [])
    const graphs = sources.map(({ subgraph }) => subgraph)
    return sources[0] ? types.objectsBelow(object, sources[0].name, graphs) : []
  })
  return { provided: entries.flatMap(({ child }) => child ?? []), objects: [...new Set(below)] }
}

function placeAt(path: Path, root: Place, facts: SubgraphFacts): Place {
  let place = root
  for (const segment of path) {
    if (segment.kind === 'field') place = step(place, segment.key, facts)
    if (segment.kind !== 'types') continue
    const names = new Set(segment.names.flatMap((name) => [name, ...facts.types.everyObjectOf(name)]))
    place = { ...place, objects: place.objects.filter((name) => names.has(name)) }
  }
  return place
}

/** Arguments as text, without what is written in different ways: `[1]` is 1 where a list is asked for. */
export function literalsOf({ arguments: given = [] }: FieldNode): string {
  const texts = given.map(({ name, value }) => `${name.value}:${print(value).replace(/[[\]\s"]/g, '')}`)
  return texts.toSorted().join()
}

/** What selections ask for of a field, each with its arguments. */
function callsOf(name: string, sets: readonly SelectionSetNode[]): FieldNode[] {
  return sets.flatMap(({ selections }) =>
    selections.flatMap((selection) => {
      if (selection.kind === Kind.INLINE_FRAGMENT) return callsOf(name, [selection.selectionSet])
      return selection.kind === Kind.FIELD && selection.name.value === name ? [selection] : []
    }),
  )
}

/**
 * Whether what is sent of an object was fetched, with the arguments that it is required with.
 *
 * @param object the object's type; undefined = any, below what is sent of it
 */
function isFetched(
  sent: readonly RequiredSelection[],
  {
    provided,
    required,
  }: { readonly provided: readonly Provided[]; readonly required: readonly SelectionSetNode[] },
  object?: string,
): boolean {
  return sent.every((selection) => {
    // What is sent of some types alone may have been fetched for those alone.
    if (selection.kind === 'fragment' || selection.name === '__typename') return true
    const key = selection.alias ?? selection.name
    const entries = provided.flatMap((one) =>
      one.entries.filter((entry) => entry.key === key && (object === undefined || isFor(entry, object))),
    )
    const calls = callsOf(selection.name, required)
    const literals = new Set(calls.map(literalsOf))
    const isOther = ({ source }: ProvidedField) => source !== undefined && !literals.has(source.literals)
    if (entries.length === 0 || literals.size > 1 || (calls.length > 0 && entries.some(isOther))) return false
    const below = {
      provided: entries.flatMap(({ child }) => child ?? []),
      required: calls.flatMap(({ selectionSet }) => selectionSet ?? []),
    }
    return isFetched(selection.selections ?? [], below)
  })
}

/**
 * Object types at a path of which a group can send all that it sends.
 *
 * @returns undefined = all that can be there
 */
export function typesWithInputs(
  path: Path,
  asked: Asked,
  before: { readonly provided: readonly Provided[]; readonly root: string },
): ReadonlySet<string> | undefined {
  const { facts, group } = asked
  const { provided, objects } = placeAt(path, { provided: before.provided, objects: [before.root] }, facts)
  // Nothing leads there yet.
  if (provided.length === 0) return new Set()
  const able = objects.filter((object) => {
    const sent = fieldsFor(object, group.requires, facts)
    return isFetched(sent, { provided, required: requiredBy(object, asked) }, object)
  })
  return able.length === objects.length ? undefined : new Set(able)
}
