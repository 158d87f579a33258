import type { ScanRow } from './ledger.ts'
import type { PresenceRow } from './scan-state.ts'

/** The rows of a credential that an admitted attempt changes, as they are after it. */
export function movePresence(
  places: ReadonlyMap<string, PresenceRow>,
  scan: ScanRow,
  isAdmission: boolean,
): PresenceRow[] {
  const { fromPlace, toPlace, credentialId } = scan
  if (credentialId === null) return []
  const changed = new Map<string, PresenceRow>()
  const change = (placeId: string, to: (row: PresenceRow) => Partial<PresenceRow>) => {
    const row = changed.get(placeId) ?? places.get(placeId) ?? absent(credentialId, placeId, scan)
    changed.set(placeId, { ...row, ...to(row), lastMovementAt: scan.effectiveAt })
  }
  if (!scan.unmatched && fromPlace !== null) change(fromPlace, ({ bodies }) => ({ bodies: bodies - 1 }))
  if (!scan.unmatched && toPlace !== null) change(toPlace, ({ bodies }) => ({ bodies: bodies + 1 }))
  if (isAdmission && toPlace !== null) change(toPlace, (row) => entered(row, scan))
  return [...changed.values()]
}

function entered(row: PresenceRow, scan: ScanRow): Partial<PresenceRow> {
  const { effectiveAt, fromPlace } = scan
  return {
    entries: row.entries + 1,
    lastEntryAt: effectiveAt,
    ...(fromPlace === null && {
      entriesFromOutside: row.entriesFromOutside + 1,
      lastFromOutsideAt: effectiveAt,
    }),
    ...(scan.isFirstAdmission && {
      firstEntrySeq: scan.ledgerSeq,
      firstEntryAt: effectiveAt,
      firstEntryGateId: scan.gateId,
      firstEntryDeviceId: scan.deviceId,
    }),
  }
}

function absent(credentialId: string, placeId: string, scan: ScanRow): PresenceRow {
  return {
    ...{ credentialId, placeId, bodies: 0, entries: 0, lastEntryAt: null },
    ...{ entriesFromOutside: 0, lastFromOutsideAt: null, lastMovementAt: scan.effectiveAt },
    ...{ firstEntrySeq: null, firstEntryAt: null, firstEntryGateId: null, firstEntryDeviceId: null },
  }
}
