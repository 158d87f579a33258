import { figure, percent } from '../report/table.ts'
import { checkCounts } from './check-counts.ts'
import { makeGround } from './ground.ts'
import type { Acknowledged, LoadTarget } from './load.ts'
import type { Part } from './part.ts'
import { measureRun, type Stage } from './sides.ts'

const IN_FLIGHT = 256
const WARM_UP_SECONDS = 3
const size = { events: 1, gates: 8, lanes: 256, ticketsOfLane: 100 }

/** Measures one long run on the hot event. */
export async function sustain(stage: Stage, seconds: number): Promise<Part> {
  const { child, place } = await stage.platform('headcount')
  const [hot] = (await makeGround(place, [size])).crowds
  const load = stage.program('load.ts')
  const target: LoadTarget = { name: 'hot', url: place.url, lanes: hot?.lanes ?? [] }
  await load.ask('target', target)
  await measureRun(load, child, { target: 'hot', inFlight: IN_FLIGHT, seconds: WARM_UP_SECONDS })
  const run = await measureRun(load, child, { target: 'hot', inFlight: IN_FLIGHT, seconds })
  const sums = await load.ask<Acknowledged>('acknowledged', 'hot')
  const rows = await checkCounts(place, hot?.eventIds ?? [], sums)
  const { perSecond, answered, p50Ms, p95Ms, p99Ms, mostMs } = run
  return {
    text: `${seconds} s at ${IN_FLIGHT} in flight on one hot event with ${size.gates} gates, ${size.lanes} devices and ${figure(size.lanes * size.ticketsOfLane)} tickets, after ${WARM_UP_SECONDS} s to warm up; ${sums.failed} answers were failures, ${sums.later} asked for the attempt to be sent again. Afterwards, acknowledged = rows of the ledger = attempts = counters = presence: ${figure(rows)}. The load took ${percent(run.coreShare)} of a core.`,
    tables: [
      {
        title: 'Sustained',
        rows: [
          [
            ...['', 'scans/s', 'slowest second', 'fastest second', 'Node µs/scan', 'Postgres µs/scan'],
            ...['p50 ms', 'p95 ms', 'p99 ms', 'most ms'],
          ],
          [
            'Headcount',
            ...[answered / run.seconds, Math.min(...perSecond), Math.max(...perSecond)].map(figure),
            ...[run.nodeMicros / answered, run.postgresMicros / answered].map(figure),
            ...[p50Ms, p95Ms, p99Ms, mostMs].map(figure),
          ],
        ],
      },
    ],
    plots: [
      {
        title: `Durable scans a second, ${IN_FLIGHT} in flight on one hot event`,
        x: { label: 'time, seconds' },
        y: { label: 'scans a second' },
        series: [{ name: 'Headcount', points: perSecond.map((count, second) => [second, count] as const) }],
      },
    ],
  }
}
