import type { Direction, Ground, GroundGate, Place } from './ground.ts'

/** The zones of one event, as a tree whose root is the event's ground. */
export interface ZoneTree {
  /** The place itself and everything that it lies in, up to the ground. */
  chain(place: Place): readonly string[]
  /** Whether `place` is `root`, or lies in it. */
  isWithin(place: Place, root: string): boolean
}

/** Builds the tree. A parent that is not among the zones counts as the ground. */
export function zoneTree({ event, zones }: Pick<Ground, 'event' | 'zones'>): ZoneTree {
  const parents = new Map(zones.map(({ id, parentId }) => [id, parentId]))
  const chain = (place: Place): readonly string[] => {
    const places: string[] = []
    let at = place
    // A circle of parents is refused by the server; were one here, the walk would end all the same.
    while (at !== null && at !== event.id && !places.includes(at)) {
      places.push(at)
      at = parents.get(at) ?? null
    }
    return place === null ? places : [...places, event.id]
  }
  return { chain, isWithin: (place, root) => chain(place).includes(root) }
}

/** The way of a body through a gate. A gate with no zone on either side leads from outside into the ground. */
export function wayThrough(
  gate: Pick<GroundGate, 'zoneFromId' | 'zoneToId'>,
  direction: Direction,
  eventId: string,
): { from: Place; to: Place } {
  const hasNoZone = gate.zoneFromId === null && gate.zoneToId === null
  const inner = hasNoZone ? eventId : gate.zoneToId
  return direction === 'ENTRY' ? { from: gate.zoneFromId, to: inner } : { from: inner, to: gate.zoneFromId }
}
