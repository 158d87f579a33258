import {
  ageMs,
  decideOffline,
  emptyState,
  isComplete,
  noteAdmitted,
  type OfflineDecision,
  type OfflineState,
  type SealedStore,
} from '@headcount/scanner'
import type { Presented } from '../attempt/make-attempt.ts'

/** How far the list of tickets can be trusted. */
export interface ListStatus {
  isComplete: boolean
  /** Milliseconds since the platform said it was so; undefined before the first page. */
  ageMs: number | undefined
  tickets: number
}

const MANIFEST = 'manifest'
const PRESENCE = 'presence'

/** The list of tickets that this scanner decides by when it is alone, kept over reloads. */
export class OfflineList {
  readonly #store: SealedStore
  readonly #deviceId: string
  #state: OfflineState
  /** Counted once a change: it looks at every ticket. */
  #whole = { isComplete: false, tickets: 0 }

  constructor(store: SealedStore, { eventId, deviceId }: { eventId: string; deviceId: string }) {
    this.#store = store
    this.#deviceId = deviceId
    this.#state = emptyState(eventId)
  }

  /** Takes up what this browser kept. */
  async load(): Promise<void> {
    const state = (await this.#store.get(MANIFEST)) as OfflineState | null | undefined
    const presence = (await this.#store.get(PRESENCE)) as OfflineState['presence'] | null | undefined
    if (state?.eventId === this.#state.eventId) this.#take({ ...state, presence: presence ?? {} })
  }

  readonly state = (): OfflineState => this.#state

  /** A scanner whose first gate came after it was opened knows its event from then on. */
  atEvent(eventId: string): void {
    if (eventId !== this.#state.eventId) this.#take(emptyState(eventId))
  }

  /** Takes what a sync brought. */
  readonly keep = async (state: OfflineState): Promise<void> => {
    if (state.eventId !== this.#state.eventId) return
    const hasChanged = state.asOf !== this.#state.asOf
    this.#take(state)
    if (hasChanged) await this.#store.set(MANIFEST, { ...state, presence: {} } satisfies OfflineState)
  }

  status(now: number): ListStatus {
    const age = ageMs(this.#state, new Date(now))
    return { ...this.#whole, ageMs: Number.isFinite(age) ? age : undefined }
  }

  /** This scanner's own decision; undefined while the list is not complete. */
  readonly decide = async (presented: Presented, at: Date): Promise<OfflineDecision | undefined> => {
    if (!this.#whole.isComplete) return undefined
    const decision = await decideOffline(this.#state, { ...presented, at, deviceId: this.#deviceId })
    await this.#move(decision.state)
    return decision
  }

  /** The platform has let somebody through: this scanner's own rules are to know it. */
  readonly note = async (presented: Presented, at: Date): Promise<void> => {
    if (!this.#state.ground) return
    await this.#move(await noteAdmitted(this.#state, { ...presented, at, deviceId: this.#deviceId }))
  }

  #take(state: OfflineState): void {
    this.#state = state
    this.#whole = { isComplete: isComplete(state), tickets: Object.keys(state.tickets).length }
  }

  /** Small, unlike the list: written at each movement. */
  async #move(state: OfflineState): Promise<void> {
    if (state === this.#state) return
    this.#state = state
    await this.#store.set(PRESENCE, state.presence)
  }
}
