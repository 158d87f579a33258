import type { OfflineState } from './offline-state.ts'

// Derived, so it is not kept with the state; made once for each list.
const known = new WeakMap<OfflineState['tickets'], ReadonlyMap<string, string>>()

/** Credential → the key of its ticket in the list. */
export function hashesById(tickets: OfflineState['tickets']): ReadonlyMap<string, string> {
  let hashes = known.get(tickets)
  if (!hashes) {
    hashes = new Map(Object.entries(tickets).map(([hash, [credentialId]]) => [credentialId, hash]))
    known.set(tickets, hashes)
  }
  return hashes
}
