import type { Clock } from './clock.ts'
import type { Delivery } from './delivery.ts'
import type { Interruption, LiveState, LostState, Outcome } from './live-state.ts'

/** What was heard of a stream so far: up to which position, when last, and whether it is away. */
export class Hearing {
  readonly #clock: Clock
  #since: number
  #position: string | undefined
  #wasHeard = false
  #isAway = false
  #interruption: Interruption | undefined

  constructor(clock: Clock) {
    this.#clock = clock
    this.#since = clock.now()
  }

  get position(): string | undefined {
    return this.#position
  }

  /** The state while an attempt is under way. */
  get attempting(): LiveState {
    return this.#isAway ? { phase: 'lost', since: this.#since } : { phase: 'connecting' }
  }

  /** The state after `hear`. */
  get live(): LiveState {
    return this.#interruption ? { phase: 'live', interruption: this.#interruption } : { phase: 'live' }
  }

  /** Whether this is news for the state: the first result, or the first after a loss. */
  hear(delivery: Delivery): boolean {
    const isNews = this.#isAway || !this.#wasHeard
    const to = this.#clock.now()
    if (this.#isAway && this.#wasHeard) {
      this.#interruption = { from: this.#since, to, outcome: outcomeOf(this.#position, delivery) }
    }
    this.#position = delivery.position ?? this.#position
    this.#since = to
    this.#isAway = false
    this.#wasHeard = true
    return isNews
  }

  lose(): LostState {
    this.#isAway = true
    return { phase: 'lost', since: this.#since }
  }
}

function outcomeOf(before: string | undefined, { position, isReset, gap }: Delivery): Outcome {
  if (isReset) return 'reset'
  if (gap) return 'gap'
  if (position === undefined || before === undefined) return 'unknown'
  return position === before ? 'unchanged' : 'continued'
}
