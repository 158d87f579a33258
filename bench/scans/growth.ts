import { openSql } from '../../e2e/setup/ledger.ts'
import { median } from '../load/percentile.ts'
import { counted, figure, times } from '../report/table.ts'
import { checkCounts } from './check-counts.ts'
import { fillLedger } from './fill-ledger.ts'
import { makeGround } from './ground.ts'
import type { Acknowledged, LoadTarget } from './load.ts'
import type { Part } from './part.ts'
import type { ScanOptions } from './read-options.ts'
import { type Measured, measureRun, type Stage } from './sides.ts'

const IN_FLIGHT = 256
const hotSize = { events: 1, gates: 8, lanes: 256, ticketsOfLane: 80 }

interface Stop {
  readonly rows: number
  readonly bytes: number
  readonly runs: readonly Measured[]
}

/** Measures the hot event with a ledger of so many rows, one size after the other. */
export async function grow(stage: Stage, options: ScanOptions): Promise<Part> {
  const { child, place } = await stage.platform('headcount')
  const { organizationId, crowds } = await makeGround(place, [hotSize])
  const load = stage.program('load.ts')
  const target: LoadTarget = { name: 'hot', url: place.url, lanes: crowds[0]?.lanes ?? [] }
  await load.ask('target', target)
  const sql = await openSql(place.databaseUrls['gates'] ?? '')
  const stops: Stop[] = []
  try {
    let from = 0
    for (const rows of options.rows) {
      await fillLedger(sql, organizationId, { from, to: rows })
      from = rows
      const runs: Measured[] = []
      // Round 0 warms up and is thrown away.
      for (let round = 0; round <= options.rounds; round++) {
        const run = { target: 'hot', inFlight: IN_FLIGHT, seconds: options.seconds }
        const result = await measureRun(load, child, run)
        if (round > 0) runs.push(result)
      }
      const [size] = await sql.query<{ bytes: number }>(
        'SELECT pg_database_size(current_database())::float8 AS bytes',
      )
      stops.push({ rows, bytes: size?.bytes ?? 0, runs })
    }
  } finally {
    await sql.close()
  }
  const sums = await load.ask<Acknowledged>('acknowledged', 'hot')
  const rows = await checkCounts(place, crowds[0]?.eventIds ?? [], sums)
  return partOf(stops, options, rows)
}

function partOf(stops: readonly Stop[], { rounds, seconds }: ScanOptions, acknowledged: number): Part {
  const rate = ({ runs }: Stop) => median(runs.map((run) => run.answered / run.seconds))
  const p95 = ({ runs }: Stop) => median(runs.map((run) => run.p95Ms))
  const cpu = ({ runs }: Stop, kind: 'nodeMicros' | 'postgresMicros') =>
    median(runs.map((run) => run[kind] / run.answered))
  const [first] = stops
  const rows = stops.map((stop) => [
    `${figure(stop.rows)} rows`,
    figure(stop.bytes / 1_000_000),
    figure(rate(stop)),
    times(rate(stop) / (first ? rate(first) : Number.NaN)),
    figure(p95(stop)),
    times(p95(stop) / (first ? p95(first) : Number.NaN)),
    figure(cpu(stop, 'nodeMicros')),
    figure(cpu(stop, 'postgresMicros')),
  ])
  return {
    text: `One hot event at ${IN_FLIGHT} in flight, beside a ledger that was filled with events of 20,000 rows each over this month and the twelve before it, with the attempts, presence and tickets that belong to them, then vacuumed, analysed and checkpointed. ${counted(rounds, 'run')} of ${seconds} s at each size after one to warm up; figures are medians, ratios those to the first size. Rows of the hot event, which come on top: acknowledged = rows of the ledger = attempts = counters = presence: ${figure(acknowledged)}.`,
    tables: [
      {
        title: 'A ledger that grows',
        rows: [
          [
            ...['', 'database MB', 'scans/s', 'ratio', 'p95 ms', 'ratio'],
            ...['Node µs/scan', 'Postgres µs/scan'],
          ],
          ...rows,
        ],
      },
    ],
    plots: [
      {
        title: `Durable scans a second, ${IN_FLIGHT} in flight on one hot event`,
        x: { label: 'rows in the ledger', names: stops.map((stop) => figure(stop.rows)) },
        y: { label: 'scans a second' },
        series: [{ name: 'Headcount', points: stops.map((stop, index) => [index, rate(stop)] as const) }],
      },
    ],
  }
}
