import { applyPage } from './apply-page.ts'
import { ManifestError } from './manifest-error.ts'
import type { ManifestPage } from './manifest-page.ts'
import { emptyState, isComplete, type OfflineState } from './offline-state.ts'

/** Asks the graph for the page after a cursor; null = for the first one. */
export type AskManifest = (since: string | null) => Promise<ManifestPage>

/**
 * Brings a state up to date: asks for pages until none follows. Where it is not complete then, something has changed
 * between two pages: it asks once more. Where that does not help, it has missed something, and is made anew. `onPage` gets the state after each page that goes on from what there was,
 * to be kept should the next page fail.
 */
export async function syncManifest(
  state: OfflineState,
  ask: AskManifest,
  onPage: (state: OfflineState) => void = () => undefined,
): Promise<OfflineState> {
  const first = await applyAll(state, ask, onPage)
  if (isComplete(first)) return first
  const next = await applyAll(first, ask, onPage)
  if (isComplete(next) || state.cursor === null) return next
  const { eventId, signedBy, presence } = next
  return applyAll({ ...emptyState(eventId), signedBy, presence }, ask, () => undefined)
}

/** What was synced, with what was decided while it was under way. */
export function adoptManifest(current: OfflineState, synced: OfflineState): OfflineState {
  return { ...synced, presence: current.presence }
}

async function applyAll(
  first: OfflineState,
  ask: AskManifest,
  onPage: (state: OfflineState) => void,
): Promise<OfflineState> {
  let state = first
  do {
    const before = state.cursor
    state = await applyPage(state, await ask(before))
    if (!state.hasAll && state.cursor === before)
      throw new ManifestError('The manifest says that more follows, and does not go on.')
    onPage(state)
  } while (!state.hasAll)
  return state
}
