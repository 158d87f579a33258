import { type Place, placeLeft, type Step, type WalkGround, type ZoneTree } from '@headcount/scan-rules'
import { rowsAfter } from './move-presence.ts'
import type { PresenceRow } from './scan-state.ts'

/** A credential let through a gate. */
export interface Passage extends Step {
  readonly kind: 'passage'
  readonly ledgerSeq: number
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
    const walk = { step: movement, left, isFirstAdmission: isAdmission && !hasEntered }
    for (const row of rowsAfter(places, credentialId, walk)) places.set(row.placeId, row)
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
