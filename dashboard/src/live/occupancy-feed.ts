import type { Delivery, LiveResult, LiveState } from '@headcount/live-client'
import type { OccupancyChangedSubscription } from '../generated/graphql.ts'
import { newerOf, type Occupancy } from './occupancy.ts'
import type { SubscribeOccupancy } from './subscribe-occupancy.ts'

export interface FeedState {
  live: LiveState
  /** The newest counts, kept while the connection is away. */
  occupancy?: Occupancy
  /** The gates know no such event. */
  isMissing: boolean
}

export interface FeedParts {
  subscribe: SubscribeOccupancy
  eventId: string
  /** Each message's `asOf`, to measure the server's clock by. */
  onAsOf: (asOf: number) => void
}

/** One event's live counts: the newest message, and how the connection is. */
export class OccupancyFeed {
  readonly #parts: FeedParts
  readonly #listeners = new Set<() => void>()
  #state: FeedState = { live: { phase: 'connecting' }, isMissing: false }
  #stop = () => {}

  constructor(parts: FeedParts) {
    this.#parts = parts
  }

  readonly state = (): FeedState => this.#state

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  start(): void {
    this.#stop = this.#parts.subscribe(this.#parts.eventId, {
      next: (result, delivery) => this.#receive(result, delivery),
      state: (live) => {
        this.#state = { ...this.#state, live }
        // Being live is shown together with the message that proves it.
        if (live.phase !== 'live') this.#tell()
      },
      error: () => {}, // the state has said why
      complete: () => {}, // counts have no end
    })
  }

  stop(): void {
    this.#stop()
  }

  #receive(result: LiveResult<OccupancyChangedSubscription>, { isReset }: Delivery): void {
    const { data, errors = [] } = result
    const message = data?.occupancyChanged
    if (message) {
      this.#parts.onAsOf(Date.parse(message.asOf))
      const arrived = isReset ? { ...message, reset: true } : message
      this.#state = { ...this.#state, occupancy: newerOf(this.#state.occupancy, arrived) }
    } else if (data && errors.length === 0) {
      this.#state = { live: this.#state.live, isMissing: true }
      this.stop()
    }
    this.#tell()
  }

  #tell(): void {
    for (const listener of this.#listeners) listener()
  }
}
