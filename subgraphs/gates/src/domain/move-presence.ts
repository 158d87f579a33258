import type { Place } from './ground.ts'
import type { PresenceRow } from './scan-state.ts'

/** A credential that was let through a gate. */
export interface Step {
  readonly credentialId: string | null
  readonly fromPlace: Place
  readonly toPlace: Place
  /** It was not where the way begins: no body moves. */
  readonly unmatched: boolean
  readonly isFirstAdmission: boolean
  /** Whether the gate leads from outside. */
  readonly isFromOutside: boolean
  readonly effectiveAt: Date
  readonly ledgerSeq: number
  readonly gateId: string
  readonly deviceId: string | null
}

/** The rows of a credential that an admitted attempt changes, as they are after it. */
export function movePresence(
  places: ReadonlyMap<string, PresenceRow>,
  step: Step,
  isAdmission: boolean,
): PresenceRow[] {
  const { fromPlace, toPlace, credentialId } = step
  if (credentialId === null) return []
  const changed = new Map<string, PresenceRow>()
  const change = (placeId: string, to: (row: PresenceRow) => Partial<PresenceRow>) => {
    const row = changed.get(placeId) ?? places.get(placeId) ?? absent(credentialId, placeId, step)
    changed.set(placeId, { ...row, ...to(row), lastMovementAt: step.effectiveAt })
  }
  // Whatever comes after a reset was the free movement.
  for (const row of places.values()) if (row.isReset) changed.set(row.placeId, { ...row, isReset: false })
  // That it moved is known all the same: what is heard of later may have been before that.
  if (step.unmatched && fromPlace !== null) change(fromPlace, () => ({}))
  if (!step.unmatched && fromPlace !== null) change(fromPlace, ({ bodies }) => ({ bodies: bodies - 1 }))
  if (!step.unmatched && toPlace !== null) change(toPlace, ({ bodies }) => ({ bodies: bodies + 1 }))
  if (isAdmission && toPlace !== null) change(toPlace, (row) => entered(row, step))
  return [...changed.values()]
}

function entered(row: PresenceRow, step: Step): Partial<PresenceRow> {
  const { effectiveAt, isFromOutside } = step
  return {
    entries: row.entries + 1,
    lastEntryAt: effectiveAt,
    ...(isFromOutside && {
      entriesFromOutside: row.entriesFromOutside + 1,
      lastFromOutsideAt: effectiveAt,
    }),
    ...(step.isFirstAdmission && {
      firstEntrySeq: step.ledgerSeq,
      firstEntryAt: effectiveAt,
      firstEntryGateId: step.gateId,
      firstEntryDeviceId: step.deviceId,
    }),
  }
}

function absent(credentialId: string, placeId: string, step: Step): PresenceRow {
  return {
    ...{ credentialId, placeId, bodies: 0, entries: 0, lastEntryAt: null },
    ...{ entriesFromOutside: 0, lastFromOutsideAt: null, lastMovementAt: step.effectiveAt },
    ...{ firstEntrySeq: null, firstEntryAt: null, firstEntryGateId: null, firstEntryDeviceId: null },
    isReset: false,
  }
}
