import type { EventKey } from '../store/rows.ts'
import type { Store } from '../store/store.ts'

const MAXIMUM_GATES = 10_000

/** Tells a gate's event. A gate never changes its event and is never removed, so this may be remembered. */
export function createGateIndex(store: Pick<Store, 'gatesById'>) {
  const known = new Map<string, EventKey>()
  return async (organizationId: string, gateId: string): Promise<string | undefined> => {
    let key = known.get(gateId)
    if (!key) {
      const [gate] = await store.gatesById(organizationId, [gateId])
      if (!gate) return undefined
      key = { organizationId: gate.organizationId, eventId: gate.eventId }
      if (known.size >= MAXIMUM_GATES) known.clear()
      known.set(gateId, key)
    }
    return key.organizationId === organizationId ? key.eventId : undefined
  }
}
