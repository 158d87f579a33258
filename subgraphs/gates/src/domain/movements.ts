import type { AntiPassback, Direction, Place, ZoneTree } from './ground.ts'
import { movePresence } from './move-presence.ts'
import type { PresenceRow } from './scan-state.ts'

/** A credential let through a gate. */
export interface Passage {
  readonly kind: 'passage'
  readonly ledgerSeq: number
  readonly at: Date
  readonly direction: Direction
  /** The gate's way. */
  readonly from: Place
  readonly to: Place
  readonly gateId: string
  readonly deviceId: string | null
}

/** Bodies taken out by a reset or an automatic exit: of a place and all that lies in it; null = wherever they are. */
export interface Removal {
  readonly kind: 'removal'
  readonly ledgerSeq: number
  readonly at: Date
  readonly place: Place
}

/** What a credential did, or what was done with its bodies. */
export type Movement = Passage | Removal

/** What a zone is, for those who walk through. */
export interface WalkGround {
  readonly tree: ZoneTree
  readonly antiPassbackOf: (place: Place) => AntiPassback
}

/**
 * The place that a body leaves: where the way begins, or a place within it where the credential is; null = from outside.
 * Into a zone with TIMED anti-passback a body that is inside comes from where it is: it must have left unseen.
 */
export function placeLeft(
  presence: readonly PresenceRow[],
  way: Pick<Passage, 'direction' | 'from' | 'to'>,
  ground: WalkGround,
): Place | 'nowhere' {
  const { from } = way
  const inside = presence.filter((row) => row.bodies > 0)
  const there = from === null ? [] : inside.filter((row) => ground.tree.isWithin(row.placeId, from))
  const left = there.find((row) => row.placeId === from) ?? firstOf(there) ?? leftUnseen(inside, way, ground)
  return left?.placeId ?? (from === null ? null : 'nowhere')
}

/** From outside: wherever it is inside; from another zone: where it is in the zone that it enters. */
function leftUnseen(
  inside: readonly PresenceRow[],
  { direction, from, to }: Pick<Passage, 'direction' | 'from' | 'to'>,
  { tree, antiPassbackOf }: WalkGround,
): PresenceRow | undefined {
  if (direction === 'EXIT' || to === null || antiPassbackOf(to) !== 'TIMED') return undefined
  return firstOf(from === null ? inside : inside.filter((row) => tree.isWithin(row.placeId, to)))
}

/**
 * Of several bodies the choice goes by the places alone: were it to go by their times, one movement more or less could
 * lead two bodies elsewhere, and one row of the ledger can only say where one went.
 */
function firstOf(rows: readonly PresenceRow[]): PresenceRow | undefined {
  let first: PresenceRow | undefined
  for (const row of rows) if (!first || row.placeId < first.placeId) first = row
  return first
}

/**
 * Where a credential is, and what it did, after its movements in the order of their times: so it does not matter in
 * which order they were heard of. The rows of all its places, those without a body too.
 */
export function settle(
  credentialId: string,
  movements: readonly Movement[],
  ground: WalkGround,
): Map<string, PresenceRow> {
  const places = new Map<string, PresenceRow>()
  let hasEntered = false
  for (const movement of [...movements].sort(
    (a, b) => a.at.getTime() - b.at.getTime() || a.ledgerSeq - b.ledgerSeq,
  )) {
    if (movement.kind === 'removal') {
      remove(places, movement, ground.tree)
      continue
    }
    const left = placeLeft([...places.values()], movement, ground)
    const isAdmission = movement.direction === 'ENTRY' && movement.to !== null
    const step = {
      credentialId,
      fromPlace: left === 'nowhere' ? movement.from : left,
      toPlace: movement.to,
      unmatched: left === 'nowhere',
      isFirstAdmission: isAdmission && !hasEntered,
      effectiveAt: movement.at,
      ledgerSeq: movement.ledgerSeq,
      gateId: movement.gateId,
      deviceId: movement.deviceId,
      isFromOutside: movement.from === null,
    }
    for (const row of movePresence(places, step, isAdmission)) places.set(row.placeId, row)
    hasEntered ||= isAdmission
  }
  return places
}

function remove(places: Map<string, PresenceRow>, { place, at }: Removal, tree: ZoneTree): void {
  for (const row of places.values()) {
    if (row.bodies === 0 || (place !== null && !tree.isWithin(row.placeId, place))) continue
    places.set(row.placeId, { ...row, bodies: 0, isReset: true, lastMovementAt: at })
  }
}

/** Which one body more or less, at which place, leads from the counts before to those after. */
export interface Shift {
  readonly from: Place
  readonly to: Place
}

/** The one movement that leads from `before` to `after`: null where nothing does, undefined where one is not enough. */
export function shiftBetween(
  before: ReadonlyMap<string, PresenceRow>,
  after: ReadonlyMap<string, PresenceRow>,
): Shift | null | undefined {
  let from: Place = null
  let to: Place = null
  for (const place of new Set([...before.keys(), ...after.keys()])) {
    const more = (after.get(place)?.bodies ?? 0) - (before.get(place)?.bodies ?? 0)
    if (more === 0) continue
    if (more === 1 && to === null) to = place
    else if (more === -1 && from === null) from = place
    else return undefined
  }
  return from === null && to === null ? null : { from, to }
}
