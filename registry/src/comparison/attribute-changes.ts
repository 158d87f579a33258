import { indexPlaces } from '../composition/places.ts'
import type { ParsedSubgraph, Place } from '../subgraph.ts'
import type { RawChange } from './compare-schemas.ts'
import type { SubgraphChange } from './compare-subgraphs.ts'
import type { SchemaChange } from './schema-change.ts'

interface Comparison {
  api: RawChange[]
  subgraphs: SubgraphChange[]
  base: ParsedSubgraph[]
  head: ParsedSubgraph[]
}

/**
 * Says of each change of the API who made it and where, and adds what changed in the subgraphs alone. No app
 * sees the latter, so what breaks there is dangerous at most: a gateway with the old supergraph may still ask.
 */
export function attributeChanges(comparison: Comparison): SchemaChange[] {
  const seenByApps = new Set(comparison.api.map(keyOf))
  const find = placeFinder(comparison)
  const api = comparison.api.map((change): SchemaChange => {
    const author = comparison.subgraphs.find((one) => keyOf(one) === keyOf(change))?.subgraph
    const place = find(change.coordinate, author)
    const subgraph = author ?? place?.subgraph
    return { ...change, schema: 'api', ...(subgraph && { subgraph }), ...(place && { place }) }
  })
  const subgraphs = comparison.subgraphs
    .filter((change) => !seenByApps.has(keyOf(change)))
    .map((change): SchemaChange => {
      const place = find(change.coordinate, change.subgraph)
      return { ...change, ...demoted(change), schema: 'subgraph', ...(place && { place }) }
    })
  return [...api, ...subgraphs]
}

function demoted(change: RawChange): Pick<RawChange, 'level' | 'reason'> | undefined {
  if (change.level !== 'breaking') return undefined
  return {
    level: 'dangerous',
    reason: 'No app sees it, but deploy the new supergraph before the subgraph that drops it.',
  }
}

function keyOf(change: RawChange): string {
  return `${change.code} ${change.coordinate}`
}

/** The element in the head, else what it was taken out of there, else where it was in the base. */
function placeFinder({ base, head }: Comparison) {
  const sides = [head, base].map((subgraphs) =>
    subgraphs.map((subgraph) => ({ name: subgraph.name, places: indexPlaces(subgraph) })),
  )
  return (coordinate: string | undefined, author: string | undefined): Place | undefined => {
    for (const side of sides) {
      const candidates = side.filter(({ name }) => author === undefined || name === author)
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
