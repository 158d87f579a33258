import type { EventKey } from '../store/rows.ts'
import type { Store } from '../store/store.ts'

const MAXIMUM_GATES = 10_000

/** Tells a gate's event. A gate never changes its event and is never removed, so this may be remembered. */
export function createGateIndex(store: Pick<Store, 'gatesById'>) {
  // Promises, so that all who ask at once share one look-up. What is not there, or fails, is asked for again.
  const known = new Map<string, Promise<EventKey | undefined>>()
  const find = async (organizationId: string, gateId: string): Promise<EventKey | undefined> => {
    try {
      const [gate] = await store.gatesById(organizationId, [gateId])
      if (!gate) known.delete(gateId)
      return gate && { organizationId: gate.organizationId, eventId: gate.eventId }
    } catch (error) {
      known.delete(gateId)
      throw error
    }
  }
  return async (organizationId: string, gateId: string): Promise<string | undefined> => {
    let asked = known.get(gateId)
    if (!asked) {
      if (known.size >= MAXIMUM_GATES) known.clear()
      asked = find(organizationId, gateId)
      known.set(gateId, asked)
    }
    const key = await asked
    return key?.organizationId === organizationId ? key.eventId : undefined
  }
}
