import type { Load } from '../load/closed-loop.ts'
import { median, medianRatio } from '../load/percentile.ts'
import type { Child } from '../processes/start-child.ts'
import type { Plot } from '../report/plot.ts'
import type { Table } from '../report/result.ts'
import { counted, figure, percent, times } from '../report/table.ts'
import { checkCounts } from './check-counts.ts'
import { makeGround } from './ground.ts'
import type { Crowd } from './lane.ts'
import type { Acknowledged, LoadTarget } from './load.ts'
import type { Part } from './part.ts'
import { openPgbench, type Pgbench, pgbenchClients } from './pgbench.ts'
import { makePlainTables } from './plain-tables.ts'
import type { ScanOptions } from './read-options.ts'
import { type Measured, measureRun, type RunningPlatform, type Stage } from './sides.ts'

const inFlights = [50, 256, 500, 2000] as const
const crowds = { hot: 'One hot event', many: '1,000 events' } as const
type CrowdName = keyof typeof crowds
const sides = {
  single: 'one transaction a request',
  headcount: 'Headcount',
  floor: 'group commit, nothing else',
} as const
type SideName = keyof typeof sides

/** Lanes for the most attempts in flight, the same number of tickets in both crowds. */
const sizes = [
  { events: 1, gates: 8, lanes: 2000, ticketsOfLane: 10 },
  { events: 1000, gates: 1, lanes: 2000, ticketsOfLane: 10 },
]

interface Run extends Measured {
  readonly side: SideName
  readonly crowd: CrowdName
  readonly inFlight: number
}

interface Cast {
  readonly load: Child
  readonly platforms: Readonly<Record<'single' | 'headcount', RunningPlatform & { crowds: readonly Crowd[] }>>
  readonly floor: Child
  readonly pgbench: Pgbench | undefined
}

type PlainRun = Load & { readonly counters: 'hot' | 'spread' }

/** Measures the platform beside one transaction a request, the floor and pgbench, by turns. */
export async function compare(stage: Stage, options: ScanOptions): Promise<Part> {
  const cast = await prepare(stage)
  const runs: Run[] = []
  const plain: PlainRun[] = []
  // Round 0 warms up and is thrown away.
  for (let round = 0; round <= options.rounds; round++) {
    process.stderr.write(round === 0 ? 'Warming up\n' : `Round ${round} of ${options.rounds}\n`)
    const found = await measureRound(cast, options.seconds)
    if (round > 0) runs.push(...found)
    for (const counters of cast.pgbench ? (['hot', 'spread'] as const) : []) {
      const result = await cast.pgbench?.run(counters, options.seconds)
      if (result && round > 0) plain.push({ ...result, counters })
    }
  }
  const tables = Object.keys(crowds).flatMap((crowd) => tablesOf(runs, crowd as CrowdName))
  return {
    text: `${about(options, cast.pgbench !== undefined)}\n\n${await checkAll(cast)}`,
    tables: [...tables, ...plainTable(plain, runs)],
    plots: [plotOf(runs)],
  }
}

async function prepare(stage: Stage): Promise<Cast> {
  process.stderr.write('Starting two platforms, and making events, tickets and scanners in both\n')
  const load = stage.program('load.ts')
  const open = async (name: 'single' | 'headcount', environment: Readonly<Record<string, string>>) => {
    const platform = await stage.platform(name, environment)
    const ground = await makeGround(platform.place, sizes)
    for (const [index, crowd] of Object.keys(crowds).entries()) {
      const lanes = ground.crowds[index]?.lanes ?? []
      const target: LoadTarget = { name: `${name} ${crowd}`, url: platform.place.url, lanes }
      await load.ask('target', target)
    }
    return { ...platform, crowds: ground.crowds }
  }
  const platforms = {
    headcount: await open('headcount', {}),
    single: await open('single', { HEADCOUNT_GATES_SCAN_BATCH: '1' }),
  }
  const gatesUrl = platforms.headcount.place.databaseUrls['gates'] ?? ''
  await makePlainTables(gatesUrl)
  const floor = stage.program('floor.ts')
  const url = await floor.ask<string>('open', { url: gatesUrl })
  const floorTarget: LoadTarget = {
    name: 'floor hot',
    url,
    lanes: platforms.headcount.crowds[0]?.lanes ?? [],
  }
  await load.ask('target', floorTarget)
  return { load, platforms, floor, pgbench: openPgbench(gatesUrl, stage.folder) }
}

async function measureRound({ load, platforms, floor }: Cast, seconds: number): Promise<Run[]> {
  const runs: Run[] = []
  const measure = async (side: SideName, crowd: CrowdName, inFlight: number) => {
    const run = { target: `${side} ${crowd}`, inFlight, seconds }
    process.stderr.write(`  ${run.target}, ${inFlight} in flight\n`)
    // The floor works on the Postgres of the platform beside it.
    const { child } = platforms[side === 'single' ? 'single' : 'headcount']
    const before = await floor.ask<{ cpuMicros: number }>('usage')
    const result = await measureRun(load, child, run)
    const { cpuMicros } = await floor.ask<{ cpuMicros: number }>('usage')
    const nodeMicros = side === 'floor' ? cpuMicros - before.cpuMicros : result.nodeMicros
    runs.push({ ...result, nodeMicros, side, crowd, inFlight })
  }
  for (const inFlight of inFlights) {
    for (const crowd of ['hot', 'many'] as const) {
      await measure('single', crowd, inFlight)
      await measure('headcount', crowd, inFlight)
    }
    await measure('floor', 'hot', inFlight)
  }
  return runs
}

const rateOf = ({ answered, seconds }: Load) => answered / seconds

function tablesOf(runs: readonly Run[], crowd: CrowdName): Table[] {
  return inFlights.map((inFlight) => {
    const of = (side: SideName) =>
      runs.filter((run) => run.side === side && run.crowd === crowd && run.inFlight === inFlight)
    const beside = of('single').map(rateOf)
    const names = (Object.keys(sides) as SideName[]).filter((side) => of(side).length > 0)
    return {
      title: `${crowds[crowd]}, ${inFlight.toLocaleString('en-GB')} in flight`,
      rows: [
        [
          '',
          'scans/s',
          'ratio',
          'Node µs/scan',
          'Postgres µs/scan',
          'load',
          'p50 ms',
          'p95 ms',
          'p99 ms',
          'failed',
        ],
        ...names.map((side) => rowOf(sides[side], of(side), beside)),
      ],
    }
  })
}

/** Where the other side acknowledged nothing there is no ratio. */
const ratioOf = (ratio: number) => (Number.isFinite(ratio) ? times(ratio) : '–')

function rowOf(name: string, runs: readonly Run[], beside: readonly number[]): string[] {
  const middle = (value: (run: Run) => number) => figure(median(runs.map(value)))
  const failed = runs.reduce((sum, run) => sum + run.failed, 0)
  return [
    name,
    middle(rateOf),
    ratioOf(medianRatio(runs.map(rateOf), beside)),
    middle((run) => run.nodeMicros / run.answered),
    middle((run) => run.postgresMicros / run.answered),
    percent(median(runs.map((run) => run.coreShare))),
    ...[middle((run) => run.p50Ms), middle((run) => run.p95Ms), middle((run) => run.p99Ms)],
    failed.toLocaleString('en-GB'),
  ]
}

function plainTable(plain: readonly PlainRun[], runs: readonly Run[]): Table[] {
  if (plain.length === 0) return []
  const names = { hot: 'ledger + one hot counter', spread: 'ledger + 1,000 counters' } as const
  const rates = (crowd: CrowdName) =>
    runs.filter((run) => run.side === 'headcount' && run.crowd === crowd && run.inFlight === 256).map(rateOf)
  const rows = (['hot', 'spread'] as const).map((counters) => {
    const some = plain.filter((run) => run.counters === counters)
    const ours = rates(counters === 'hot' ? 'hot' : 'many')
    const middles = [
      some.map(({ p50Ms }) => p50Ms),
      some.map(({ p95Ms }) => p95Ms),
      some.map(({ p99Ms }) => p99Ms),
    ]
    return [
      names[counters],
      figure(median(some.map(rateOf))),
      times(medianRatio(ours, some.map(rateOf))),
      ...middles.map((values) => figure(median(values))),
    ]
  })
  return [
    {
      title: `pgbench, ${pgbenchClients} clients`,
      rows: [['', 'transactions/s', 'Headcount at 256, ratio', 'p50 ms', 'p95 ms', 'p99 ms'], ...rows],
    },
  ]
}

function plotOf(runs: readonly Run[]): Plot {
  const line = (name: string, side: SideName, crowd: CrowdName) => ({
    name,
    points: inFlights.map((inFlight, index) => {
      const some = runs.filter((run) => run.side === side && run.crowd === crowd && run.inFlight === inFlight)
      return [index, median(some.map(rateOf))] as const
    }),
  })
  return {
    title: 'Durable scans a second',
    x: { label: 'attempts in flight', names: inFlights.map((inFlight) => inFlight.toLocaleString('en-GB')) },
    y: { label: 'scans a second' },
    series: [
      line('Headcount, hot', 'headcount', 'hot'),
      line('Headcount, 1,000', 'headcount', 'many'),
      line('a transaction each', 'single', 'hot'),
      line('group commit alone', 'floor', 'hot'),
    ],
  }
}

function about({ rounds, seconds }: ScanOptions, hasPgbench: boolean): string {
  const [hot, many] = sizes
  return `One hot event with ${hot?.gates} gates, and ${figure(many?.events ?? 0)} events with one gate each; in both ${figure(hot?.lanes ?? 0)} devices with ${hot?.ticketsOfLane} tickets of their own, which they let in and out by turns. \`recordScan\` over HTTP/1.1 through the gateway, a connection for each attempt in flight, answered when Postgres has it on its disk (fsync and synchronous_commit on). "One transaction a request" is the same platform with \`HEADCOUNT_GATES_SCAN_BATCH=1\` on a Postgres of its own; "group commit, nothing else" is plain node:http over one writer that makes one statement of what waits: no rights, no rules, no GraphQL. ${
    hasPgbench
      ? `pgbench: a transaction a scan in one statement, prepared, two threads, no HTTP; ledgers with the columns and indexes of the platform's.`
      : 'pgbench is not installed here (Debian: postgresql-15), so that its rows are missing.'
  } ${counted(rounds, 'run')} of ${seconds} s for each after one to warm up, by turns; figures are medians, ratios those of runs of the same round. Node µs are those of gateway and services, Postgres µs those of all its processes; load is what the scanners themselves took of a core. Failed counts answers of all these runs that were failures; their attempts were sent again, those of a side that could not keep up after its run.`
}

async function checkAll({ load, platforms, floor, pgbench }: Cast): Promise<string> {
  const lines: string[] = []
  for (const [name, { place, crowds: some }] of Object.entries(platforms)) {
    for (const [index, crowd] of Object.keys(crowds).entries()) {
      const sums = await load.ask<Acknowledged>('acknowledged', `${name} ${crowd}`)
      const rows = await checkCounts(place, some[index]?.eventIds ?? [], sums)
      lines.push(
        `${sides[name as SideName]}, ${crowds[crowd as CrowdName].toLowerCase()}: ${figure(rows)} (${sums.later} sent again when asked to, ${sums.failed} after a failure)`,
      )
    }
  }
  lines.push(`floor ${figure(await floor.ask<number>('check'))}`)
  if (pgbench) lines.push(`pgbench ${figure(await pgbench.check())}`)
  return `Afterwards, acknowledged = rows of the ledger = attempts = counters = presence: ${lines.join('; ')}.`
}
