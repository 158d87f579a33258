import { setTimeout as sleep } from 'node:timers/promises'
import type { Database } from '@headcount/database'
import type { Logger } from 'pino'
import { followChanges } from './follow-changes.ts'
import type { LiveState } from './live-state.ts'
import { readLive } from './read-live.ts'
import { createWaiters } from './waiters.ts'

/** How long one waits for a change, at most. */
export interface WaitOptions {
  readonly ms: number
  readonly signal: AbortSignal
}

/** What gateways have now, kept in memory, and who waits for something newer. */
export interface Live {
  /** Undefined until it was read for the first time. Stays what it was while the database is away. */
  readonly state: LiveState | undefined
  /** Whether the database tells of changes now. */
  readonly isListening: boolean
  /** How many wait for a change. */
  readonly waiting: number
  /** Whether it stops: who waits is answered at once. */
  readonly isStopping: boolean
  /** Resolves when the state is another than the given one, the time is over, the signal aborts, or the registry stops. */
  changed(from: LiveState | undefined, options: WaitOptions): Promise<void>
  /** Calls the listener after each change, until the answered function is called. */
  onChange(listener: (state: LiveState) => void): () => void
  /** Reads it again, after a change of one's own; resolves when that is done, or after 2 s. */
  refresh(): Promise<void>
  /** Lets go who waits, at once and from now on. */
  drain(): void
  stop(): Promise<void>
}

const refreshDeadlineMs = 2_000

/** Follows what is live by one connection to the database. What could not be read stays what it was. */
export function followLive({ database, log }: { database: Database; log: Logger }): Live {
  const waiters = createWaiters()
  let state: LiveState | undefined
  let isStopping = false
  const changes = followChanges({
    database,
    log,
    async look(query) {
      const found = await readLive(query, state)
      if (found === state) return
      state = found
      waiters.wake(found)
    },
  })
  const drain = () => {
    isStopping = true
    waiters.wakeAll()
  }
  return {
    get state() {
      return state
    },
    get isListening() {
      return changes.isFollowing
    },
    get waiting() {
      return waiters.count
    },
    get isStopping() {
      return isStopping
    },
    async changed(from, { ms, signal }) {
      if (from === state && !isStopping) await waiters.wait(ms, signal)
    },
    onChange: (listener) => waiters.listen(listener),
    refresh: () => Promise.race([changes.lookAgain(), sleep(refreshDeadlineMs, undefined, { ref: false })]),
    drain,
    stop() {
      drain()
      return changes.stop()
    },
  }
}
