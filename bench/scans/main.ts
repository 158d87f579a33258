// Durable scans a second on one hot event, beside a transaction a scan on the same Postgres. See ../README.md.
import { join } from 'node:path'
import { removeCluster } from '@headcount/postgres'
import type { Load } from '../load/closed-loop.ts'
import { median, medianRatio } from '../load/percentile.ts'
import type { Usage } from '../processes/message.ts'
import { type Ground, runBench } from '../processes/run-bench.ts'
import { type Child, startChild } from '../processes/start-child.ts'
import { loadNow, show } from '../report/result.ts'
import { counted, figure, times } from '../report/table.ts'
import { checkCounts } from './check-counts.ts'
import { makeHotEvent } from './ground.ts'
import type { Acknowledged } from './load.ts'
import type { PlatformPlace } from './platform.ts'
import { readOptions } from './read-options.ts'

const IN_FLIGHT = [16, 64, 256]
/** As many as the gates service opens, HEADCOUNT_GATES_CONNECTIONS. */
const CONNECTIONS = 10

/** One run of one side. */
interface Run extends Load {
  readonly side: 'platform' | 'floor'
  readonly inFlight: number
  readonly cpuMicros: number
}

const options = readOptions()
interface Sides {
  readonly platform: Child
  readonly load: Child
  readonly floor: Child
}

async function measure({ platform, load, floor }: Sides): Promise<Run[]> {
  const runs: Run[] = []
  // Round 0 warms up and is thrown away.
  for (let round = 0; round <= options.rounds; round++) {
    for (const inFlight of IN_FLIGHT) {
      const asked = { inFlight, seconds: options.seconds }
      const before = await platform.ask<Usage>('usage')
      const result = await load.ask<Load>('run', asked)
      const { cpuMicros } = await platform.ask<Usage>('usage')
      const plain = await floor.ask<Load>('run', asked)
      if (round === 0) continue
      runs.push({ ...result, side: 'platform', inFlight, cpuMicros: cpuMicros - before.cpuMicros })
      runs.push({ ...plain, side: 'floor', inFlight, cpuMicros: Number.NaN })
    }
  }
  return runs
}

function rowsOf(runs: readonly Run[], inFlight: number): string[][] {
  const of = (side: Run['side'], value: (run: Run) => number) =>
    runs.filter((run) => run.side === side && run.inFlight === inFlight).map(value)
  const rate = (run: Run) => run.answered / run.seconds
  const cpu = (run: Run) => run.cpuMicros / run.answered
  const row = (name: string, side: Run['side']) => [
    name,
    figure(median(of(side, rate))),
    times(medianRatio(of(side, rate), of('floor', rate))),
    side === 'platform' ? figure(median(of(side, cpu))) : '',
    figure(median(of(side, ({ p50Ms }) => p50Ms))),
    figure(median(of(side, ({ p95Ms }) => p95Ms))),
    figure(median(of(side, ({ p99Ms }) => p99Ms))),
  ]
  return [
    ['', 'scans/s', 'ratio', 'CPU µs/scan', 'p50 ms', 'p95 ms', 'p99 ms'],
    row('a transaction a scan', 'floor'),
    row('recordScan through the platform', 'platform'),
  ]
}

async function bench({ folder, atEnd }: Ground): Promise<void> {
  const loadBefore = loadNow()
  const dataDirectory = join(folder, 'data')
  atEnd(() => removeCluster(dataDirectory))
  // The platform, which is started first, ends last: the others still use its Postgres.
  const start = (file: string, profileFolder?: string) => {
    const child = startChild(new URL(file, import.meta.url), profileFolder)
    atEnd(() => child.stop())
    return child
  }
  const platform = start('platform.ts', options.profile)
  const place = await platform.ask<PlatformPlace>('start', { dataDirectory })
  const lanes = Math.max(...IN_FLIGHT)
  const hot = await makeHotEvent(place, { tickets: options.tickets, lanes })
  const load = start('load.ts')
  await load.ask('open', { url: place.url, lanes: hot.lanes })
  const floor = start('floor.ts')
  await floor.ask('open', { url: place.databaseUrls['gates'], connections: CONNECTIONS })
  const runs = await measure({ platform, load, floor })
  const { residentBytes } = await platform.ask<Usage>('usage')
  const acknowledged = await load.ask<Acknowledged>('acknowledged')
  const rows = await checkCounts(place, hot.eventId, acknowledged)
  const floorRows = await floor.ask<number>('check')
  const text = `One event of ${figure(options.tickets)} tickets, ${lanes} scanners at 8 gates; \`recordScan\` over HTTP through the platform in one process, answered when the embedded Postgres has it on its disk (fsync and synchronous_commit on). Each scanner lets its own tickets in and out by turns.
Beside it, in the same run and on the same server, a transaction a scan: one statement that counts on the event's row and adds a row to a ledger, over ${CONNECTIONS} connections; no HTTP, no signature, no rule. ${counted(options.rounds, 'run')} of ${options.seconds} s for each after one to warm up, by turns; the figures are medians, ratios those of runs of the same round. CPU is that of the platform's process, without Postgres. Beside other work on the machine the ratio falls: the platform is one process that gets one share of the cores, the plain transactions are spread over Postgres' own.

Afterwards: acknowledged ${figure(acknowledged.entries + acknowledged.exits)} = rows of the ledger ${figure(rows)} = counters of the event and its gates (${acknowledged.retries} were sent again when asked to). The floor: ${figure(floorRows)} in its ledger and its counter. Resident memory of the platform at the end ${figure(residentBytes / 1_000_000)} MB.`
  const tables = IN_FLIGHT.map((inFlight) => ({
    title: `${inFlight} in flight`,
    rows: rowsOf(runs, inFlight),
  }))
  show({ bench: 'scans', words: process.argv.slice(2), loadBefore, text, tables }, options.isKept)
}

await runBench(bench)
