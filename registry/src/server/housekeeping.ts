import { setTimeout as sleep } from 'node:timers/promises'
import { sweepChecks } from './checks/sweep-checks.ts'
import { defaultRetentionDays } from './usage/bounds.ts'
import { sweepUsage } from './usage/sweep-usage.ts'
import type { UsageParts } from './usage/usage-parts.ts'

/** What keeps the registry's tables in bounds. */
export interface Housekeeping {
  /** Begins no step any more and waits for the one under way. */
  stop(): Promise<void>
}

type HousekeepingParts = Omit<UsageParts, 'live'>

// Any number will do that no other lock of this database has.
const lock = 7_310_402
const everyMs = 3_600_000
/** The first run: when the start is over. */
const firstAfterMs = 60_000

/**
 * Each hour, give or take a quarter: usage is merged and removed by its age, old checks are removed. Of several processes one
 * works; a run that fails is logged, and made good by the next.
 */
export function startHousekeeping(parts: HousekeepingParts): Housekeeping {
  const stopping = new AbortController()
  const { signal } = stopping
  const running = (async () => {
    for (let pauseMs = firstAfterMs; await slept(pauseMs, signal); pauseMs = everyMs) {
      await keepHouse(parts, signal).catch((err: unknown) => {
        parts.log.warn({ err }, 'housekeeping of the registry failed; it is tried again')
      })
    }
  })()
  return {
    stop() {
      stopping.abort()
      return running
    },
  }
}

/** One run; answers whether it was this process that worked. */
export async function keepHouse(parts: HousekeepingParts, signal: AbortSignal): Promise<boolean> {
  const { database, now, usageRetentionDays: retentionDays = defaultRetentionDays } = parts
  // The lock is the connection's: where that is lost, another process may work.
  const client = await database.pool.connect()
  let broken: Error | undefined
  const onError = (error: Error) => {
    broken = error
  }
  client.on('error', onError)
  try {
    const { rows } = await client.query<{ isOurs: boolean }>('SELECT pg_try_advisory_lock($1) AS "isOurs"', [
      lock,
    ])
    if (!rows[0]?.isOurs) return false
    try {
      await sweepUsage({ database, now: now(), retentionDays, signal })
      await sweepChecks(database, now())
      return true
    } finally {
      await client.query('SELECT pg_advisory_unlock($1)', [lock]).catch(onError)
    }
  } finally {
    client.off('error', onError)
    client.release(broken)
  }
}

/** Waits, give or take a quarter; false = it was ended. */
async function slept(ms: number, signal: AbortSignal): Promise<boolean> {
  const jitteredMs = ms * (0.75 + Math.random() / 2)
  return await sleep(jitteredMs, true, { signal, ref: false }).catch(() => false)
}
