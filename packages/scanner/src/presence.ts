import type { Direction, Place } from './ground.ts'
import type { ZoneTree } from './zone-tree.ts'

/** What a credential did at one place, and how many of its bodies are there. Moments in milliseconds since 1970. */
export interface PlacePresence {
  readonly bodies: number
  /** Admitted entries into the place. */
  readonly entries: number
  readonly lastEntryAt: number | null
  /** Those of them that came from outside. */
  readonly entriesFromOutside: number
  readonly lastFromOutsideAt: number | null
  readonly lastMovementAt: number
}

/** Where a credential has been, by place. */
export type Presence = Readonly<Record<string, PlacePresence>>

/** A credential that is let through a gate. */
export interface Passage {
  readonly direction: Direction
  /** The gate's way. */
  readonly from: Place
  readonly to: Place
  readonly at: number
}

/** The place that a body leaves; null = from outside; `nowhere` = it is not known to be where the way begins. */
export type LeftPlace = Place | 'nowhere'

/**
 * The place that a body leaves: where the way begins, or a place within it where the credential is. Into a zone with
 * TIMED anti-passback a body comes from where it must have left unseen: from outside, wherever it is inside; from another
 * zone, where it is in the zone that it enters.
 */
export function placeLeft(
  presence: Presence,
  way: Omit<Passage, 'at'> & { readonly isToTimed: boolean },
  tree: ZoneTree,
): LeftPlace {
  const { direction, from, to, isToTimed } = way
  // Of several bodies the choice goes by the places alone, as on the server.
  const inside = Object.keys(presence)
    .filter((place) => (presence[place]?.bodies ?? 0) > 0)
    .sort()
  const there = from === null ? [] : inside.filter((place) => tree.isWithin(place, from))
  if (from !== null && there.includes(from)) return from
  const mayHaveLeft = direction === 'ENTRY' && to !== null && isToTimed
  const unseen = inside.filter((place) => mayHaveLeft && (from === null || tree.isWithin(place, to)))
  return there[0] ?? unseen[0] ?? (from === null ? null : 'nowhere')
}

/** Where the credential has been after a passage. One that was `nowhere` moves no body, and has entered all the same. */
export function movePresence(presence: Presence, left: LeftPlace, passage: Passage): Presence {
  const { to, at, from } = passage
  const places: Record<string, PlacePresence> = { ...presence }
  const change = (place: string, to: (row: PlacePresence) => Partial<PlacePresence>) => {
    const row = places[place] ?? absent(at)
    places[place] = { ...row, ...to(row), lastMovementAt: at }
  }
  // That it moved is known all the same.
  if (left === 'nowhere' && from !== null) change(from, () => ({}))
  if (left !== null && left !== 'nowhere') change(left, ({ bodies }) => ({ bodies: bodies - 1 }))
  if (left !== 'nowhere' && to !== null) change(to, ({ bodies }) => ({ bodies: bodies + 1 }))
  if (passage.direction === 'ENTRY' && to !== null) change(to, (row) => entered(row, at, from === null))
  return places
}

function entered(row: PlacePresence, at: number, isFromOutside: boolean): Partial<PlacePresence> {
  const outside = { entriesFromOutside: row.entriesFromOutside + 1, lastFromOutsideAt: at }
  return { entries: row.entries + 1, lastEntryAt: at, ...(isFromOutside && outside) }
}

function absent(at: number): PlacePresence {
  return {
    ...{ bodies: 0, entries: 0, lastEntryAt: null, entriesFromOutside: 0, lastFromOutsideAt: null },
    lastMovementAt: at,
  }
}
