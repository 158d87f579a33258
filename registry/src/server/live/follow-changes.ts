import { setTimeout as sleep } from 'node:timers/promises'
import type { Database } from '@headcount/database'
import type pg from 'pg'
import type { Logger } from 'pino'
import type { Query } from './read-live.ts'

/** The channel on which processes of the registry tell one another that something has changed. */
export const changesChannel = 'headcount_registry_changes'

/** What `followChanges` needs. */
export interface FollowOptions {
  readonly database: Database
  readonly log: Logger
  /** Called at the start, at each change, and every few seconds besides; never twice at once. */
  readonly look: (query: Query) => Promise<void>
}

/** Hears of changes. */
export interface Changes {
  /** Whether the connection stands, and the last look went well. */
  readonly isFollowing: boolean
  /** Looks once more; resolves when a look is done that began after this call. */
  lookAgain(): Promise<void>
  stop(): Promise<void>
}

const lookEveryMs = 5_000
/** For a server that has fallen silent. */
const answerDeadlineMs = 4_000
const firstPauseMs = 50
const longestPauseMs = 5_000

/**
 * Listens by one connection of its own. One that is lost, or whose server says nothing any more, is opened again after a
 * pause, and the look is taken anew: what was told meanwhile told nobody.
 */
export function followChanges(options: FollowOptions): Changes {
  const follower = new Follower(options)
  const running = follower.run()
  return {
    get isFollowing() {
      return follower.isFollowing
    },
    lookAgain: () => follower.lookAgain(),
    stop() {
      follower.stopping.abort()
      return running
    },
  }
}

class Follower {
  readonly stopping = new AbortController()
  isFollowing = false
  readonly #options: FollowOptions
  #failures = 0
  #wake = Promise.withResolvers<void>()
  #nextLook = Promise.withResolvers<void>()

  constructor(options: FollowOptions) {
    this.#options = options
  }

  lookAgain(): Promise<void> {
    const { promise } = this.#nextLook
    this.#wake.resolve()
    return promise
  }

  async run(): Promise<void> {
    while (!this.stopping.signal.aborted) {
      try {
        await this.#followOnce()
      } catch (error) {
        this.#failures += 1
        const reason = error instanceof Error ? error.message : String(error)
        this.#options.log.warn({ reason }, 'what is live cannot be followed; trying again')
        const longest = Math.min(longestPauseMs, firstPauseMs * 2 ** this.#failures)
        await this.#pause(longest * (0.5 + Math.random() / 2))
      }
    }
  }

  async #followOnce(): Promise<void> {
    const client = await this.#options.database.pool.connect()
    let lost: Error | undefined
    const lose = (error: Error) => {
      lost = error
      this.#wake.resolve()
    }
    const hear = () => this.#wake.resolve()
    client.on('error', lose).on('notification', hear)
    try {
      await client.query(`LISTEN ${changesChannel}`)
      while (!this.stopping.signal.aborted) {
        if (lost) throw lost
        await this.#look(queryOf(client))
        await Promise.race([this.#wake.promise, this.#pause(lookEveryMs)])
      }
      await client.query('UNLISTEN *')
    } catch (error) {
      lost = error instanceof Error ? error : new Error(String(error))
      throw error
    } finally {
      this.isFollowing = false
      client.off('error', lose).off('notification', hear)
      client.release(lost)
    }
  }

  /** Whoever asks or tells from here on is for the look after this one. */
  async #look(query: Query): Promise<void> {
    const done = this.#nextLook
    this.#wake = Promise.withResolvers()
    this.#nextLook = Promise.withResolvers()
    try {
      await this.#options.look(query)
      done.resolve()
    } catch (error) {
      this.#nextLook.promise.then(done.resolve, done.reject)
      throw error
    }
    this.#failures = 0
    this.isFollowing = true
  }

  async #pause(ms: number): Promise<void> {
    await sleep(ms, undefined, { signal: this.stopping.signal, ref: false }).catch(() => {})
  }
}

/** pg knows the deadline of a statement, its types do not. */
function queryOf(client: pg.PoolClient): Query {
  return async <Row extends object>(text: string, values: readonly unknown[] = []) => {
    const statement: pg.QueryConfig & { query_timeout: number } = {
      text,
      values: [...values],
      query_timeout: answerDeadlineMs,
    }
    return (await client.query(statement)).rows as Row[]
  }
}
