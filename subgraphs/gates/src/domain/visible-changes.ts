import type { EventRow, ZoneRow } from './ground.ts'
import type { ChangeEntry } from './ledger.ts'

/** What is kept of an event, or what is said of it. */
interface Ground {
  readonly event?: EventRow | undefined
  readonly zones?: readonly ZoneRow[]
}

const actor = { kind: 'service', id: 'events' } as const

/**
 * The changes in what an occupancy shows: the event's name, and each zone's name, capacity, enforcement and parent
 * (which moves counts between zones). Each takes a number of the ledger, so that `seq` rises with them.
 */
export function visibleChanges(kept: Ground, said: Ground): ChangeEntry[] {
  const changes: ChangeEntry[] = []
  const { event } = said
  if (event && kept.event && event.version > kept.event.version && event.name !== kept.event.name) {
    changes.push({ kind: 'EVENT_CHANGED', actor, gateId: null, detail: { name: event.name } })
  }
  for (const zone of said.zones ?? []) {
    const before = kept.zones?.find(({ id }) => id === zone.id)
    if (before && !isVisiblyChanged(before, zone)) continue
    const { id, name, capacity, enforcement, parentId } = zone
    const detail = { zoneId: id, name, capacity, enforcement, parentId }
    changes.push({ kind: 'ZONE_CHANGED', actor, gateId: null, detail })
  }
  return changes
}

function isVisiblyChanged(before: ZoneRow, zone: ZoneRow): boolean {
  if (zone.version <= before.version) return false
  return (['name', 'capacity', 'enforcement', 'parentId'] as const).some((key) => zone[key] !== before[key])
}
