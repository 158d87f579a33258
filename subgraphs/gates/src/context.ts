import type { Viewer } from '@headcount/access'
import { fail } from '@headcount/errors'
import type { Forgetful, RequestBase } from '@headcount/service'
import type { Decider } from './domain/decide-attempts.ts'
import type { DeviceBudget } from './domain/device-budget.ts'
import type { Learner } from './domain/learn.ts'
import type { ManifestSigners } from './domain/manifest-signer.ts'
import type { GatePublisher } from './domain/publish-gate.ts'
import type { OccupancyPublisher } from './domain/publish-occupancy.ts'
import type { Changer } from './domain/upsert-gate.ts'
import { createLoaders, type Loaders } from './loaders.ts'
import type { Store } from './store/store.ts'

/** What all requests share. */
export interface Shared {
  /** The database. */
  readonly store: Store
  /** Decides attempts and records them. */
  readonly decider: Decider
  /** Asks other services for what is lacking here. */
  readonly learner: Learner
  /** Tells live listeners the counts. */
  readonly publisher: OccupancyPublisher
  /** Tells live listeners of gates. */
  readonly gatePublisher: GatePublisher
  /** Limits how often each device may call. */
  readonly budget: DeviceBudget
  /** Signs what scanners keep. */
  readonly signers: ManifestSigners
  /** The clock. */
  readonly now: () => Date
}

/** What a resolver of gates has at hand; made anew for each request. */
export interface Context extends RequestBase, Shared {
  /** Batches reads of this request, within the viewer's tenant. */
  readonly loaders: Loaders & Forgetful
}

/** Makes the context of a request. */
export function createContext(base: RequestBase, shared: Shared): Context {
  const organizationId = base.viewer?.organizationId ?? ''
  return {
    ...{ ...base, ...shared },
    loaders: createLoaders({ store: shared.store, organizationId, now: shared.now }),
  }
}

/** The viewer of a field that nobody without a token reaches. */
export function viewerOf(context: Context): Viewer {
  if (!context.viewer) throw fail('UNAUTHENTICATED', 'This needs a token.')
  return context.viewer
}

/** The viewer as one who changes something. */
export function changerOf(context: Context): Changer {
  const { organizationId, kind, id } = viewerOf(context)
  return { organizationId, actor: { kind, id } }
}

/**
 * Whether the viewer may look at this event: one that is bound to an event, as devices are, at that alone. It does not ask
 * what the viewer is else: those who share an answer (`@audience`) are bound to the same event.
 */
export function mayRead(context: Context, eventId: string): boolean {
  const { kind, eventId: own } = viewerOf(context)
  return own === undefined ? kind !== 'device' : own === eventId
}
