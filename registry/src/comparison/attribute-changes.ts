import type { Place, SchemaChange } from '@headcount/registry-api'
import { indexPlaces } from '../composition/places.ts'
import { fileOf, type ParsedSubgraph } from '../subgraph.ts'
import type { RawChange } from './compare-schemas.ts'
import type { SubgraphChange } from './compare-subgraphs.ts'

/** Differences of the API and of each subgraph, and the texts that they are of. */
export interface Comparison {
  readonly api: readonly RawChange[]
  readonly subgraphs: readonly SubgraphChange[]
  readonly base: readonly ParsedSubgraph[]
  readonly head: readonly ParsedSubgraph[]
}

/** A change with what the inspector knows of it beside. */
export interface AttributedChange {
  readonly change: SchemaChange
  readonly details: RawChange['details']
}

/** Who made the change of an element, and where. */
export type Attribution = Pick<SchemaChange, 'subgraph' | 'place'>

/**
 * Says of each change of the API who made it and where, and adds what changed in the subgraphs alone. No app
 * sees the latter, so what breaks there is dangerous at most: a gateway with the old supergraph may still ask.
 */
export function attributeChanges(comparison: Comparison, find: PlaceFinder): AttributedChange[] {
  const seenByApps = new Set(comparison.api.map(keyOf))
  const api = comparison.api.map(({ details, ...change }): AttributedChange => {
    const author = comparison.subgraphs.find((one) => keyOf(one) === keyOf(change))?.subgraph
    const element = change.coordinate ?? rootOf(details)
    return { change: { ...change, schema: 'api', ...attribution(find, element, author) }, details }
  })
  const subgraphs = comparison.subgraphs
    .filter((change) => !seenByApps.has(keyOf(change)))
    .map(({ details, ...change }): AttributedChange => {
      const place = find(change.coordinate, change.subgraph)
      const attributed = { ...change, ...demoted(change), ...(place && { place }) }
      return { change: { ...attributed, schema: 'subgraph' }, details }
    })
  return [...api, ...subgraphs]
}

/** A root that changes has no coordinate; where it was, or is, is where to look. */
function rootOf(details: RawChange['details']): string | undefined {
  const names = ['Query', 'Mutation', 'Subscription'].flatMap((root) => [
    details[`old${root}TypeName`],
    details[`new${root}TypeName`],
  ])
  return names.find((name) => typeof name === 'string')
}

/** The place of an element, and whose it is. */
export function attribution(find: PlaceFinder, coordinate?: string, author?: string): Attribution {
  const place = find(coordinate, author)
  const subgraph = author ?? place?.subgraph
  return { ...(subgraph && { subgraph }), ...(place && { place }) }
}

function demoted(change: Pick<RawChange, 'level'>): Pick<RawChange, 'level' | 'reason'> | undefined {
  if (change.level !== 'breaking') return undefined
  return {
    level: 'dangerous',
    reason: 'No app sees it, but deploy the new supergraph before the subgraph that drops it.',
  }
}

function keyOf(change: Pick<RawChange, 'code' | 'coordinate'>): string {
  return `${change.code} ${change.coordinate}`
}

/** The place of an element, within one subgraph when that is named. */
export type PlaceFinder = (coordinate: string | undefined, subgraph?: string) => Place | undefined

/** Finds the element in the head, else what it was taken out of there, else where it was in the base. */
export function placeFinder({ base, head }: Pick<Comparison, 'base' | 'head'>): PlaceFinder {
  const sides = [head, base].map((subgraphs) =>
    subgraphs.map((subgraph) => ({
      ...{ name: subgraph.name, file: fileOf(subgraph) },
      places: indexPlaces(subgraph),
    })),
  )
  return (coordinate, author) => {
    for (const side of sides) {
      const candidates = side.filter(({ name }) => author === undefined || name === author)
      if (coordinate === undefined && author !== undefined) {
        // The subgraph as a whole.
        const [whole] = candidates
        if (whole) return { subgraph: author, file: whole.file, line: 1, column: 1 }
      }
      for (let path = coordinate?.split('.@')[0]; path; path = parentOf(path)) {
        const here = path
        const place = candidates.find(({ places }) => places.has(here))?.places.get(here)
        if (place) return place
      }
    }
    return undefined
  }
}

function parentOf(coordinate: string): string {
  return coordinate.split('.').slice(0, -1).join('.')
}
