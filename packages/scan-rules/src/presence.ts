import type { GroundState, Place, Way } from './ground.ts'

/** What a credential did at one place, and how many of its bodies are there. */
export interface PlacePresence {
  readonly placeId: string
  readonly bodies: number
  /** Admitted entries into the place. */
  readonly entries: number
  readonly lastEntryAt: Date | null
  /** Those of them that came from outside. */
  readonly entriesFromOutside: number
  readonly lastFromOutsideAt: Date | null
  readonly lastMovementAt: Date
  /** Whether a reset took bodies from here: the next movement is free of passback rules. */
  readonly isReset: boolean
}

/** A credential that is let through a gate. */
export interface Step extends Way {
  readonly at: Date
}

/** The place that a body leaves; null = from outside; `nowhere` = it is not known to be where the way begins. */
export type LeftPlace = Place | 'nowhere'

/** What those who walk must know of the ground. */
export type WalkGround = Pick<GroundState, 'tree' | 'zones'>

/**
 * The place that a body leaves: where the way begins, or a place within it where the credential is; null = from outside.
 * Into a zone with TIMED anti-passback a body that is inside comes from where it is: it must have left unseen.
 */
export function placeLeft(presence: readonly PlacePresence[], way: Way, ground: WalkGround): LeftPlace {
  const { from } = way
  const inside = presence.filter((row) => row.bodies > 0)
  const there = from === null ? [] : inside.filter((row) => ground.tree.isWithin(row.placeId, from))
  const left = there.find((row) => row.placeId === from) ?? firstOf(there) ?? leftUnseen(inside, way, ground)
  return left?.placeId ?? (from === null ? null : 'nowhere')
}

/** From outside: wherever it is inside; from another zone: where it is in the zone that it enters. */
function leftUnseen(
  inside: readonly PlacePresence[],
  { direction, from, to }: Way,
  ground: WalkGround,
): PlacePresence | undefined {
  if (direction === 'EXIT' || to === null || ground.zones.get(to)?.antiPassback !== 'TIMED') return undefined
  return firstOf(from === null ? inside : inside.filter((row) => ground.tree.isWithin(row.placeId, to)))
}

/**
 * Of several bodies the choice goes by the places alone: were it to go by their times, one movement more or less could
 * lead two bodies elsewhere, and one row of the ledger can only say where one went.
 */
function firstOf(rows: readonly PlacePresence[]): PlacePresence | undefined {
  let first: PlacePresence | undefined
  for (const row of rows) if (!first || row.placeId < first.placeId) first = row
  return first
}

/** What a credential has done at a place of which nothing was known before this moment. */
export function absentFrom(placeId: string, at: Date): PlacePresence {
  return {
    placeId,
    bodies: 0,
    entries: 0,
    lastEntryAt: null,
    entriesFromOutside: 0,
    lastFromOutsideAt: null,
    lastMovementAt: at,
    isReset: false,
  }
}

/**
 * What a step changes of what a credential did, by place, as it is after it. A body that left `nowhere` does not move,
 * and has entered all the same. `absent` makes the row of a place that has none.
 */
export function movePresence<Row extends PlacePresence>(
  places: ReadonlyMap<string, Row>,
  { step, left }: { readonly step: Step; readonly left: LeftPlace },
  absent: (placeId: string) => Row,
): Map<string, Row> {
  const { direction, from, to, at } = step
  const changed = new Map<string, Row>()
  const rowOf = (place: string) => changed.get(place) ?? places.get(place) ?? absent(place)
  const move = (place: Place, by: -1 | 0 | 1) => {
    if (place === null) return
    const row = rowOf(place)
    changed.set(place, { ...row, bodies: row.bodies + by, lastMovementAt: at })
  }
  // Whatever comes after a reset was the free movement.
  for (const row of places.values()) if (row.isReset) changed.set(row.placeId, { ...row, isReset: false })
  if (left === 'nowhere') {
    // That it moved is known all the same: what is heard of later may have been before that.
    move(from, 0)
  } else {
    move(left, -1)
    move(to, 1)
  }
  if (direction === 'ENTRY' && to !== null) changed.set(to, entered(rowOf(to), at, from === null))
  return changed
}

function entered<Row extends PlacePresence>(row: Row, at: Date, isFromOutside: boolean): Row {
  return {
    ...row,
    entries: row.entries + 1,
    lastEntryAt: at,
    entriesFromOutside: row.entriesFromOutside + (isFromOutside ? 1 : 0),
    lastFromOutsideAt: isFromOutside ? at : row.lastFromOutsideAt,
    lastMovementAt: at,
  }
}
