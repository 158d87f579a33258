import { absentFrom, messages, movePresence, type Reason, reasonAgainst } from '@headcount/scan-rules'
import { type Circumstances, circumstancesOf, type OfflineScan } from './circumstances.ts'
import type { Ground } from './ground.ts'
import { ManifestError } from './manifest-error.ts'
import type { OfflineState } from './offline-state.ts'
import { presenceOf } from './presence.ts'
import { standingOf } from './standing.ts'

/** What a device decided by itself. */
export interface OfflineDecision {
  readonly outcome: 'ADMITTED' | 'REJECTED'
  /** Why it was refused; null = it was admitted. */
  readonly reason: Reason | null
  /** The outcome in plain words. */
  readonly message: string
  /** Null where the code names no credential. */
  readonly credentialId: string | null
  readonly ticketTypeName: string | null
  /** True for a code that is well signed for this event and not in the list: it may have been sold since. */
  readonly isUnlisted: boolean
  /** The state after it: keep it, so that the next decision knows of this one. */
  readonly state: OfflineState
}

/**
 * Decides an attempt by what the device has, by the rules of the server and in their order. Throws a ManifestError where
 * the device has no manifest at all. That the list is incomplete or old is for the caller to say: see `isComplete` and
 * `ageMs`.
 */
export async function decideOffline(state: OfflineState, scan: OfflineScan): Promise<OfflineDecision> {
  const circumstances = await circumstancesIn(state, scan)
  const { standing, credentialId, ticketTypeName } = circumstances
  const { reason } = reasonAgainst(circumstances)
  return {
    ...{ outcome: reason === null ? 'ADMITTED' : 'REJECTED', reason, credentialId, ticketTypeName },
    message: messages[reason ?? 'ADMITTED'],
    isUnlisted: standing.kind === 'carried',
    state: reason === null ? walk(state, circumstances) : state,
  }
}

/**
 * Notes an attempt that the server admitted, or that this device admitted and did not note yet: should the server be
 * out of reach later, the same ticket is known to be inside.
 */
export async function noteAdmitted(state: OfflineState, scan: OfflineScan): Promise<OfflineState> {
  return walk(state, await circumstancesIn(state, scan))
}

async function circumstancesIn(state: OfflineState, scan: OfflineScan): Promise<Circumstances> {
  const { ground } = state
  if (!ground)
    throw new ManifestError('This device has no manifest yet: it needs the server once before it can decide.')
  return circumstancesOf(scan, await standingOf(scan.code, state), { state, ground })
}

/** Lets the body through. */
function walk(state: OfflineState, circumstances: Circumstances): OfflineState {
  const { credentialId, places, left, ground } = circumstances
  if (credentialId === null || !circumstances.gate) return state
  const { at } = circumstances
  const moved = movePresence(places, { step: circumstances, left }, (placeId) => absentFrom(placeId, at))
  return {
    ...state,
    ground: { ...ground, inside: insideAfter(ground.inside, circumstances) },
    presence: { ...state.presence, [credentialId]: presenceOf(new Map([...places, ...moved]).values()) },
  }
}

/** Counts until the next page brings the server's, in which this movement is once it was uploaded. */
function insideAfter(inside: Ground['inside'], { left, to }: Circumstances): Ground['inside'] {
  if (left === 'nowhere') return inside
  const counts = { ...inside }
  // The page may be older than the body's way in: a count is never below zero.
  if (left !== null) counts[left] = Math.max(0, (counts[left] ?? 0) - 1)
  if (to !== null) counts[to] = (counts[to] ?? 0) + 1
  return counts
}
