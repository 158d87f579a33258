import type { Place, Zone } from './ground.ts'

/** The zones of one event, as a tree whose root is the event's ground. */
export interface ZoneTree {
  /** The place itself and everything that it lies in, up to the ground. */
  chain(place: Place): readonly string[]
  /** Whether `place` is `root`, or lies in it. */
  isWithin(place: Place, root: string): boolean
}

/** Builds the tree. A parent that is not among the zones counts as the ground. */
export function zoneTree(eventId: string, zones: Iterable<Pick<Zone, 'id' | 'parentId'>>): ZoneTree {
  const parents = new Map<string, string | null>()
  for (const zone of zones) parents.set(zone.id, zone.parentId)
  // Each attempt of a batch walks them several times.
  const chains = new Map<Place, readonly string[]>([[null, []]])
  const chain = (place: Place): readonly string[] => {
    const known = chains.get(place)
    if (known) return known
    const places: string[] = []
    // A circle of parents is refused by events; were one here, the walk would end all the same.
    for (
      let at = place;
      at !== null && at !== eventId && !places.includes(at);
      at = parents.get(at) ?? null
    ) {
      places.push(at)
    }
    places.push(eventId)
    chains.set(place, places)
    return places
  }
  return { chain, isWithin: (place, root) => chain(place).includes(root) }
}
