import { fail } from '@headcount/errors'
import type { OccupancyRow } from '../store/occupancy.ts'
import type { EventKey } from '../store/rows.ts'
import type { GateChanges } from './upsert-gate.ts'

/** An event's counts at one `seq`; null where the tenant has no such event. */
export async function readOccupancy(
  { store, learner, now }: Pick<GateChanges, 'store' | 'learner' | 'now'>,
  key: EventKey,
): Promise<OccupancyRow | null> {
  const read = async () => {
    const [row] = await store.occupancies([key.eventId], now())
    return row
  }
  let row = await read()
  if (!row) {
    // Perhaps an event that was made a moment ago: its owner is asked before it is said not to exist.
    const learned = await learner.event(key)
    if (learned === 'unreachable') throw fail('SUBGRAPH_UNAVAILABLE', 'The event cannot be looked up now.')
    row = await read()
  }
  return row?.organizationId === key.organizationId ? row : null
}
