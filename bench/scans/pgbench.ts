import { execFile, spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { openSql } from '../../e2e/setup/ledger.ts'
import type { Load } from '../load/closed-loop.ts'
import { percentile } from '../load/percentile.ts'
import { plainEvents } from './plain-tables.ts'

/** pgbench with the tables of `makePlainTables`. */
export interface Pgbench {
  /** A transaction a scan, with one hot counter or with 1,000. */
  run(counters: 'hot' | 'spread', seconds: number): Promise<Load>
  /** Rows in its ledger, which are all its transactions and all that its counters say. @throws Error when not */
  check(): Promise<number>
}

/** As many as most fit beside a platform into 200 connections, and the fastest there. */
export const pgbenchClients = 50

const FEWEST_SECONDS = 3
const DEBIAN = '/usr/lib/postgresql'

/** The program, where it is installed: Debian's `postgresql-15` has it outside of PATH. */
function findPgbench(): string | undefined {
  const places = [...debianPlaces(), 'pgbench']
  return places.find((place) => spawnSync(place, ['--version']).status === 0)
}

function debianPlaces(): string[] {
  try {
    return readdirSync(DEBIAN).map((version) => join(DEBIAN, version, 'bin', 'pgbench'))
  } catch {
    return []
  }
}

// One statement, so that the counter is locked for as short as can be. Ids have the lengths of the platform's.
const scriptOf = (event: string) => `\\set event ${event}
\\set gate random(1, 8)
\\set ticket random(1, 1000000000)
WITH counted AS (
  UPDATE plain.counters SET seq = seq + 1, inside = inside + 1
  WHERE event_id = 'evt_' || lpad((:event)::text, 32, '0') RETURNING event_id, seq
)
INSERT INTO plain.ledger (event_id, ledger_seq, organization_id, kind, recorded_at, actor_kind, actor_id, gate_id, scan_id,
  code_hash, device_id, device_seq, direction, outcome, credential_id, ticket_type_id, to_place, is_first_admission,
  scanned_at, effective_at)
SELECT event_id, seq, 'org_0192f0e1d2c37b4a8596a7b8c9d0e1f4', 'SCAN', now(), 'device',
  'dev_0192f0e1d2c37b4a8596a7b8c9d0e1f4', 'gat_' || lpad((:gate)::text, 32, '0'), uuidv7()::text,
  lpad((:ticket)::text, 43, '0'), 'dev_0192f0e1d2c37b4a8596a7b8c9d0e1f4', seq, 'ENTRY', 'ADMITTED',
  'tkt_' || lpad((:ticket)::text, 32, '0'), 'typ_0192f0e1d2c37b4a8596a7b8c9d0e1f4',
  'zon_0192f0e1d2c37b4a8596a7b8c9d0e1f4', true, now(), now() FROM counted;
`

/** Undefined where pgbench is not installed. The folder gets its scripts and its logs. */
export function openPgbench(url: string, folder: string): Pgbench | undefined {
  const program = findPgbench()
  if (program === undefined) return undefined
  const scripts = { hot: scriptOf('0'), spread: scriptOf(`random(1, ${plainEvents})`) }
  let transactions = 0
  return {
    async run(counters, seconds) {
      const place = mkdtempSync(join(folder, 'pgbench-'))
      try {
        const script = join(place, 'script.sql')
        writeFileSync(script, scripts[counters])
        const words = ['-n', '-M', 'prepared', '-c', String(pgbenchClients), '-j', '2']
        // It takes whole seconds alone, of which its connections take some.
        words.push(
          '-T',
          String(Math.max(FEWEST_SECONDS, Math.ceil(seconds))),
          '-f',
          script,
          '-l',
          `--log-prefix=${join(place, 'log')}`,
        )
        const { stdout } = await promisify(execFile)(program, [...words, url])
        const logs = readdirSync(place).filter((name) => name.startsWith('log.'))
        const load = loadOf(
          stdout,
          logs.map((name) => readFileSync(join(place, name), 'utf8')),
        )
        transactions += load.answered
        return load
      } finally {
        rmSync(place, { recursive: true })
      }
    },
    check: () => check(url, transactions),
  }
}

/** Reads what pgbench said, and what it logged of each transaction: client, number, microseconds and so on. */
export function loadOf(summary: string, logs: readonly string[]): Load {
  const rate = Number(/^tps = ([\d.]+)/m.exec(summary)?.[1])
  const answered = Number(/actually processed: (\d+)/.exec(summary)?.[1])
  const failed = Number(/number of failed transactions: (\d+)/.exec(summary)?.[1] ?? 0)
  if (!(rate > 0) || failed > 0) throw new Error(`pgbench failed:\n${summary}`)
  const millis = logs.flatMap((log) =>
    log
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => Number(line.split(' ')[2]) / 1000),
  )
  const sorted = Float64Array.from(millis).sort()
  const at = (percent: number) => percentile(sorted, percent)
  return { answered, seconds: answered / rate, p50Ms: at(50), p95Ms: at(95), p99Ms: at(99) }
}

async function check(url: string, transactions: number): Promise<number> {
  const sql = await openSql(url)
  try {
    const [found] = await sql.query<{ rows: number; counted: number }>(
      'SELECT (SELECT count(*)::int FROM plain.ledger) AS rows, (SELECT sum(seq)::int FROM plain.counters) AS counted',
    )
    if (found?.rows === transactions && found.counted === transactions) return transactions
    throw new Error(`pgbench lost rows: ${JSON.stringify({ transactions, ...found })}`)
  } finally {
    await sql.close()
  }
}
