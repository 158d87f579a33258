// The platform's five-subgraph query with the services in the gateway's process, beside the same across HTTP. See ../README.md.
import { join } from 'node:path'
import { removeCluster } from '@headcount/postgres'
import { EVENT_QUERY, EVENTS_QUERY } from '../../e2e/one-query-spans-five-subgraphs/queries.ts'
import type { Load } from '../load/closed-loop.ts'
import { median, medianRatio } from '../load/percentile.ts'
import { divideCores } from '../processes/core.ts'
import { type Ground, runBench } from '../processes/run-bench.ts'
import { type Child, startChild } from '../processes/start-child.ts'
import type { TreeUsage } from '../processes/tree-usage.ts'
import { loadNow, show } from '../report/result.ts'
import { counted, figure, times } from '../report/table.ts'
import type { PlatformPlace, PlatformStart } from '../scans/platform.ts'
import type { PlacementRun } from './load.ts'
import { readOptions } from './read-options.ts'
import { makeWorld, type World } from './world.ts'

const placements = ['separate', 'all-in-one'] as const
type Placement = (typeof placements)[number]
const titles: Readonly<Record<Placement, string>> = {
  separate: 'services across HTTP',
  'all-in-one': 'services in the gateway’s process',
}
const queries = {
  'one event, all five services': (world: World) => ({
    query: EVENT_QUERY,
    variables: { eventId: world.eventId, first: options.rows },
  }),
  'a list of events, four services': () => ({ query: EVENTS_QUERY, variables: { first: options.rows } }),
}
type QueryName = keyof typeof queries
const queryNames = Object.keys(queries) as QueryName[]

interface Side {
  readonly placement: Placement
  readonly child: Child
  readonly place: PlatformPlace
  readonly world: World
}

/** One run of one query on one side. */
interface Run extends Load {
  readonly placement: Placement
  readonly query: QueryName
  readonly cpuMicros: number
}

const options = readOptions()

async function startSide(placement: Placement, { folder, atEnd }: Ground, isPinned: boolean): Promise<Side> {
  const dataDirectory = join(folder, placement)
  atEnd(() => removeCluster(dataDirectory))
  const child = startChild(new URL('../scans/platform.ts', import.meta.url))
  atEnd(() => child.stop())
  const start: PlatformStart = { dataDirectory, services: placement, isPinned }
  const place = await child.ask<PlatformPlace>('start', start)
  return { placement, child, place, world: await makeWorld(place, options.rows) }
}

async function measure(sides: readonly Side[], load: Child): Promise<Run[]> {
  const { inFlight, seconds, rounds } = options
  const runs: Run[] = []
  // Round 0 warms up and is thrown away.
  for (let round = 0; round <= rounds; round++) {
    for (const query of queryNames) {
      for (const { placement, child, place, world } of sides) {
        const body = JSON.stringify(queries[query](world))
        const before = await child.ask<TreeUsage>('programUsage')
        const asked: PlacementRun = {
          url: place.url,
          accessToken: world.accessToken,
          body,
          inFlight,
          seconds,
        }
        const result = await load.ask<Load>('run', asked)
        const after = await child.ask<TreeUsage>('programUsage')
        const cpuMicros = after.cpuMicros - before.cpuMicros
        if (round > 0) runs.push({ ...result, placement, query, cpuMicros })
      }
    }
  }
  return runs
}

function rowsOf(runs: readonly Run[], query: QueryName): string[][] {
  const of = (placement: Placement, value: (run: Run) => number) =>
    runs.filter((run) => run.placement === placement && run.query === query).map(value)
  const rate = (run: Run) => run.answered / run.seconds
  const cpu = (run: Run) => run.cpuMicros / run.answered
  const rows = placements.map((placement) => [
    titles[placement],
    figure(median(of(placement, rate))),
    times(medianRatio(of(placement, rate), of('separate', rate))),
    figure(median(of(placement, cpu))),
    // How many times less.
    times(medianRatio(of('separate', cpu), of(placement, cpu))),
    figure(median(of(placement, ({ p50Ms }) => p50Ms))),
    figure(median(of(placement, ({ p99Ms }) => p99Ms))),
  ])
  return [['', 'requests/s', 'ratio', 'CPU µs/request', 'ratio', 'p50 ms', 'p99 ms'], ...rows]
}

await runBench(async (ground) => {
  const loadBefore = loadNow()
  const cores = divideCores()
  const sides: Side[] = []
  for (const placement of placements) sides.push(await startSide(placement, ground, cores.isPinned))
  const load = startChild(new URL('load.ts', import.meta.url))
  ground.atEnd(() => load.stop())
  const runs = await measure(sides, load)
  const text = `Two whole platforms, each with its embedded Postgres, by turns: one with all services in the gateway's process, one with each in a process of its own behind NATS and Valkey. ${cores.text} Both platforms share that core with all of their processes, so that the rates are those of one core. An event with ${options.rows} gates, zones, ticket types and people; ${options.inFlight} requests under way; ${counted(options.rounds, 'run')} of ${options.seconds} s for each after one to warm up. Figures are medians, ratios those of runs of the same round. CPU is that of gateway and services, without Postgres, NATS and Valkey; more is better in both ratios.`
  const tables = queryNames.map((query) => ({ title: query, rows: rowsOf(runs, query) }))
  show({ bench: 'placement', words: process.argv.slice(2), loadBefore, text, tables }, options.isKept)
})
