import { setTimeout as sleep } from 'node:timers/promises'
import { openSql, withLedger } from '../setup/ledger.ts'
import {
  checkAcknowledged,
  checkAnswers,
  checkDeaths,
  checkNothingElse,
  checkNumbers,
  checkTenants,
  type Midway,
  type Outage,
} from './checks/acknowledged.ts'
import { checkAgreement } from './checks/converge.ts'
import type { Finding } from './checks/finding.ts'
import { hashPrefix, readLedger } from './checks/read-ledger.ts'
import { checkQuotas, checkReportTimes, checkWatchers } from './checks/readers.ts'
import { checkReplays } from './checks/replays.ts'
import {
  checkAudit,
  checkCapacity,
  checkReasons,
  checkSilence,
  checkSingle,
  checkWalk,
} from './checks/rows.ts'
import { walkLedger } from './checks/walk-ledger.ts'
import type { Fault } from './faults.ts'
import type { Ground } from './ground.ts'
import type { Journal } from './journal.ts'
import type { MachineName, MachineRoom } from './machine-room.ts'
import type { SeededRandom } from './seeded-random.ts'
import { answeredIn, type Silence } from './silence.ts'
import type { Strangers } from './stranger.ts'
import type { Watcher } from './watcher.ts'

/** All that is known of a run when its load has ended. */
export interface CheckParts {
  readonly room: MachineRoom
  readonly ground: Ground
  readonly journal: Journal
  readonly watchers: readonly Watcher[]
  readonly strangers: Strangers
  readonly random: SeededRandom
  /** When the last attempt was answered, by `performance.now()`. */
  readonly endedAt: number
  readonly midway: readonly Midway[]
  readonly silence: Silence | undefined
  readonly faults: readonly Fault[]
}

/** What the word of a dead ticket passes on its way to the gates. */
const WAY: readonly MachineName[] = ['participants', 'postgres', 'nats', 'gates', 'platform']
const WATCHERS_MS = 5000

/** Looks at everything that is promised of an event's ledger and of who tells of it. */
export function checkAll(parts: CheckParts): Promise<Finding[]> {
  return withLedger(parts.room, async (sql) => {
    const { ground, journal, watchers, strangers, midway, endedAt } = parts
    const rows = await readLedger(sql, ground.eventId)
    const walk = walkLedger(rows, ground)
    const ledgers = { journal, rows }
    const agreement = await checkAgreement({ sql, ground, rows, walk, endedAt })
    await untilSeen(watchers, rows.length)
    const prefixes = await Promise.all(
      midway.map(async ({ prefix }) => ({
        before: prefix,
        after: await hashPrefix(sql, ground.eventId, prefix.upTo),
      })),
    )
    return [
      checkSingle(rows, ground),
      checkWalk(walk),
      agreement,
      checkCapacity(walk),
      await quotasOf(parts),
      await checkNumbers(ledgers, sql),
      checkAcknowledged(ledgers),
      checkNothingElse(ledgers, midway),
      checkDeaths(ledgers, outagesOf(parts)),
      checkWatchers(watchers, walk),
      checkTenants(rows, ground, strangers),
      checkReasons(rows),
      checkAudit({ rows, prefixes }),
      checkSilence(parts.silence ? answeredIn(parts.silence, journal) : []),
      await checkReportTimes(ground, rows),
      await checkReplays({ sql, ...parts }),
      checkAnswers(journal),
    ]
  })
}

async function untilSeen(watchers: readonly Watcher[], seq: number): Promise<void> {
  const until = performance.now() + WATCHERS_MS
  while (watchers.some((watcher) => watcher.seq < seq) && performance.now() < until) await sleep(50)
}

async function quotasOf({ room, ground }: CheckParts): Promise<Finding> {
  const sql = await openSql(room.databaseUrl('participants'))
  try {
    return await checkQuotas(sql, ground)
  } finally {
    await sql.close()
  }
}

function outagesOf({ faults, silence }: CheckParts): Outage[] {
  const onTheWay = faults.filter(({ machine }) => WAY.includes(machine))
  return silence ? [...onTheWay, { from: silence.from - 10_000, to: silence.to }] : onTheWay
}
