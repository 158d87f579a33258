import { setTimeout as sleep } from 'node:timers/promises'
import type { Logger } from 'pino'
import { type AttemptPolicy, defaultPolicy } from './attempt.ts'
import type { Bus } from './bus.ts'
import { type LeaderDatabase, lead } from './leadership.ts'
import { measure, type Queryable, revive } from './outbox-table.ts'
import { OutboxWindow } from './outbox-window.ts'
import { createPause } from './pause.ts'
import { reasonOf } from './reason-of.ts'
import { createSignal } from './signal.ts'

const POLL_MS = 250
const TAKE_OVER_MS = 1000
const LONGEST_PAUSE_MS = 2000
const DRAIN_MS = 12_000

/** Sends what stands in a service's outbox. */
export interface Relay {
  /** Call after a commit that wrote messages: they go at once instead of within 250 ms. */
  nudge(): void
  /** Waits, at most 12 s, for what is under way. What was not sent stays in the outbox. */
  stop(): Promise<void>
  /** How many messages wait. */
  pending(): Promise<number>
  /** How many messages were put aside after 10 failed attempts. */
  dead(): Promise<number>
  /** Sends again what was put aside, all or the messages with the ids; answers how many. */
  replayDead(ids?: readonly string[]): Promise<number>
  /** Age of the oldest message that waits, in milliseconds; 0 where none does. */
  lagMs(): Promise<number>
  readonly counters: RelayCounters
}

/** Plain numbers since the start of this relay, for metrics. */
export interface RelayCounters {
  /** Messages that the bus took. */
  readonly published: number
  /** Attempts that failed. */
  readonly retried: number
  /** Messages put aside. */
  readonly dead: number
}

/** What `startRelay` needs. */
export interface RelayOptions {
  /** The service whose outbox it is, as the streams name it. */
  service: string
  /** One connection of its pool is held for as long as this process is the one that sends. */
  database: LeaderDatabase & Queryable
  bus: Bus
  log: Logger
  /** How a message is tried that the bus refuses. Default: 10 times over about three minutes. */
  policy?: AttemptPolicy
}

/**
 * Starts to send the outbox of a service, oldest first, up to 100 messages in flight. Of several processes
 * on one database one sends at a time; another takes over within a second where it dies. A row is deleted
 * after the bus took its message, so a crash repeats messages and loses none. A message that fails is tried
 * 10 times over about three minutes while others pass, then moved to `outbox_dead`. While the bus can't be
 * reached nothing counts as an attempt.
 */
export function startRelay(options: RelayOptions): Relay {
  const { service, database, bus, log, policy = defaultPolicy } = options
  const signal = createSignal()
  const stopping = new AbortController()
  const window = new OutboxWindow({ service, bus, log, policy, onOutcome: signal.raise })

  async function drain(db: Queryable): Promise<void> {
    const pause = createPause(LONGEST_PAUSE_MS)
    while (!stopping.signal.aborted) {
      const { published } = window.counters
      const isUnreachable = await window.settle(db)
      if (window.counters.published > published) pause.reset()
      if (isUnreachable) {
        log.warn({ service }, 'The queue cannot be reached; the outbox keeps the messages')
        await nap(pause.next())
      } else if (!(await window.fill(db))) await signal.wait(POLL_MS)
    }
    const deadline = Date.now() + DRAIN_MS
    while (!window.isEmpty && Date.now() < deadline) {
      await signal.wait(POLL_MS)
      await window.settle(db)
    }
  }

  async function run(): Promise<void> {
    const pause = createPause(LONGEST_PAUSE_MS)
    while (!stopping.signal.aborted) {
      try {
        const hasLed = await lead(database, drain)
        pause.reset()
        if (!hasLed) await nap(TAKE_OVER_MS)
      } catch (err) {
        log.warn({ service, reason: reasonOf(err) }, 'The outbox cannot be read; trying again')
        await nap(pause.next())
      }
    }
  }

  const nap = (ms: number) => sleep(ms, undefined, { signal: stopping.signal }).catch(() => undefined)
  const running = run()

  return {
    counters: window.counters,
    nudge: signal.raise,
    async stop() {
      stopping.abort()
      signal.raise()
      await running
    },
    pending: async () => (await measure(database)).pending,
    dead: async () => (await measure(database)).dead,
    async replayDead(ids) {
      const count = await revive(database, ids)
      signal.raise()
      return count
    },
    lagMs: async () => (await measure(database)).lagMs,
  }
}
