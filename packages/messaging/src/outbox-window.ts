import type { Logger } from 'pino'
import type { AttemptPolicy } from './attempt.ts'
import { type Bus, BusUnavailable } from './bus.ts'
import { bury, type OutboxRow, postpone, type Queryable, readDue, removeSent } from './outbox-table.ts'
import { reasonOf } from './reason-of.ts'

const MAXIMUM_IN_FLIGHT = 100
// A subject whose consumer hangs must not fill the window and hold up the others.
const MAXIMUM_IN_FLIGHT_PER_SUBJECT = 25

interface Outcome {
  row: OutboxRow
  /** Absent where the bus took the message. */
  err?: unknown
}

/** What the window needs. */
export interface WindowOptions {
  service: string
  bus: Bus
  log: Logger
  policy: AttemptPolicy
  /** Called whenever an attempt has come to its end. */
  onOutcome: () => void
}

/** The messages that are on their way, and what has become of them. */
export class OutboxWindow {
  readonly counters = { published: 0, retried: 0, dead: 0 }
  readonly #options: WindowOptions
  readonly #inFlight = new Map<string, OutboxRow>()
  readonly #outcomes: Outcome[] = []

  constructor(options: WindowOptions) {
    this.#options = options
  }

  get isEmpty(): boolean {
    return this.#inFlight.size === 0
  }

  /** Starts the oldest due messages; answers whether more may be due for which there is room. */
  async fill(db: Queryable): Promise<boolean> {
    const room = MAXIMUM_IN_FLIGHT - this.#inFlight.size
    if (room === 0) return false
    const perSubject = Map.groupBy(this.#inFlight.values(), ({ subject }) => subject)
    const full = [...perSubject].filter(([, rows]) => rows.length >= MAXIMUM_IN_FLIGHT_PER_SUBJECT)
    const excluded = { sequences: [...this.#inFlight.keys()], subjects: full.map(([subject]) => subject) }
    const due = await readDue(db, excluded, room)
    const started = due.filter((row) => this.#start(row))
    return started.length < due.length
  }

  /** Writes down what has become of messages. Answers whether the bus could not be reached. */
  async settle(db: Queryable): Promise<boolean> {
    const outcomes = this.#outcomes.slice()
    const sent = outcomes.filter(({ err }) => err === undefined).map(({ row }) => row.sequence)
    if (sent.length > 0) await removeSent(db, sent)
    const failed = outcomes.filter(({ err }) => err !== undefined && !(err instanceof BusUnavailable))
    for (const { row, err } of failed) await this.#note(db, row, reasonOf(err))
    // Only now: where the database failed above, the same outcomes are settled by the next leader.
    this.#outcomes.splice(0, outcomes.length)
    for (const { row } of outcomes) this.#inFlight.delete(row.sequence)
    this.counters.published += sent.length
    return outcomes.length > sent.length + failed.length
  }

  #start(row: OutboxRow): boolean {
    const { service, bus } = this.#options
    const alike = [...this.#inFlight.values()].filter(({ subject }) => subject === row.subject)
    if (alike.length >= MAXIMUM_IN_FLIGHT_PER_SUBJECT) return false
    this.#inFlight.set(row.sequence, row)
    const { sequence: _sequence, attempts: _attempts, ...message } = row
    bus.publish(service, message).then(
      () => this.#finish({ row }),
      (err: unknown) => this.#finish({ row, err }),
    )
    return true
  }

  #finish(outcome: Outcome): void {
    this.#outcomes.push(outcome)
    this.#options.onOutcome()
  }

  async #note(db: Queryable, row: OutboxRow, reason: string): Promise<void> {
    const { policy } = this.#options
    const attempt = row.attempts + 1
    const about = { service: this.#options.service, id: row.id, subject: row.subject, attempt, reason }
    if (attempt >= policy.maximum) {
      await bury(db, row, reason)
      this.counters.dead++
      this.#options.log.error(about, 'Gave up a message; it lies in outbox_dead')
      return
    }
    const delayMs = policy.delayMs(attempt)
    await postpone(db, row, { delayMs, reason })
    this.counters.retried++
    this.#options.log.warn({ ...about, delayMs }, 'A message was not taken and will be sent again')
  }
}
