import { absentFrom, type LeftPlace, movePresence } from '@headcount/scan-rules'
import type { Passage } from './movements.ts'
import type { PresenceRow } from './scan-state.ts'

/** A credential that walks through a gate. */
export interface Walk {
  readonly step: Passage
  readonly left: LeftPlace
  readonly isFirstAdmission: boolean
}

/** The rows of a credential that an admitted attempt changes, as they are after it. */
export function rowsAfter(
  places: ReadonlyMap<string, PresenceRow>,
  credentialId: string,
  walk: Walk,
): Iterable<PresenceRow> {
  const { to, at, ledgerSeq, gateId, deviceId } = walk.step
  const changed = movePresence(places, walk, (placeId) => absent(credentialId, placeId, at))
  const row = changed.get(to ?? '')
  if (walk.isFirstAdmission && row) {
    changed.set(row.placeId, {
      ...row,
      firstEntrySeq: ledgerSeq,
      firstEntryAt: at,
      firstEntryGateId: gateId,
      firstEntryDeviceId: deviceId,
    })
  }
  return changed.values()
}

function absent(credentialId: string, placeId: string, at: Date): PresenceRow {
  return {
    ...absentFrom(placeId, at),
    ...{ credentialId, firstEntrySeq: null, firstEntryAt: null },
    ...{ firstEntryGateId: null, firstEntryDeviceId: null },
  }
}
