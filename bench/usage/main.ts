// What reporting usage costs: a gateway that does and one that does not, in one process on one core, by turns. See ../README.md.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { composeGraph } from '../gateway/graph/compose.ts'
import { post } from '../http/post.ts'
import { untilAnswered } from '../http/until-answered.ts'
import { serverUsage } from '../live/usage.ts'
import type { Load } from '../load/closed-loop.ts'
import type { LoadSource } from '../load/http-load.ts'
import { median } from '../load/percentile.ts'
import { startLoad } from '../load/start-load.ts'
import { divideCores } from '../processes/core.ts'
import { freePort } from '../processes/free-port.ts'
import { type Ground, runBench } from '../processes/run-bench.ts'
import { type Child, startChild } from '../processes/start-child.ts'
import { type RunningProgram, startProgram } from '../processes/start-program.ts'
import { loadNow, show } from '../report/result.ts'
import { counted, figure } from '../report/table.ts'
import { bodies, clients, mix, typeDefs } from './graph.ts'
import type { PacedRun } from './paced-load.ts'
import { readOptions } from './read-options.ts'
import { type BenchRegistry, startRegistry } from './registry.ts'

type Side = 'off' | 'on'
type Pace = 'full' | 'fixed'

/** One run. */
interface Run extends Load {
  readonly side: Side
  readonly pace: Pace
  readonly round: number
  readonly cpuMicros: number
}

interface Bench {
  readonly program: RunningProgram
  readonly load: LoadSource
  readonly paced: Child
  readonly urls: Readonly<Record<Side, string>>
}

const options = readOptions()
/** What drifts in a round, one side has as much of as the other. */
const turns: readonly Side[] = ['off', 'on', 'on', 'off']

async function start(
  { folder, atEnd }: Ground,
  registry: BenchRegistry,
  prefix: readonly string[],
): Promise<Bench> {
  const responder = startChild(new URL('responder.ts', import.meta.url))
  atEnd(() => responder.stop())
  const file = join(folder, 'supergraph.graphql')
  writeFileSync(file, composeGraph(await responder.ask<string>('listen'), { events: { typeDefs } }))
  const ports = [await freePort(), await freePort()]
  const words = [file, registry.url, String(options.intervalMs), ...ports.map(String)]
  const flags = ['--min-semi-space-size=16', '--max-semi-space-size=64']
  if (options.profile !== undefined) flags.push('--cpu-prof', `--cpu-prof-dir=${options.profile}`)
  const main = fileURLToPath(new URL('gateway.ts', import.meta.url))
  const program = startProgram({ command: process.execPath, words: [...flags, main, ...words] }, prefix)
  atEnd(() => program.stop())
  const load = startLoad(options.isOwnLoad)
  atEnd(() => load.stop())
  const paced = startChild(new URL('paced-load.ts', import.meta.url))
  atEnd(() => paced.stop())
  const [off, on] = ports.map((port) => `http://127.0.0.1:${port}/graphql`)
  const urls = { off: off ?? '', on: on ?? '' }
  for (const url of Object.values(urls)) await untilAnswered(program, () => post(url, bodies[0] ?? ''))
  return { program, load, paced, urls }
}

async function runOnce(bench: Bench, side: Side, pace: Pace): Promise<Omit<Run, 'round'>> {
  const { program, load, paced, urls } = bench
  const { connections, seconds, rate } = options
  const asked = { url: urls[side], connections, seconds }
  const before = serverUsage(program.pid).cpuMicros
  const run =
    pace === 'full'
      ? load.run({ ...asked, body: '', mix })
      : paced.ask<Load>('run', { ...asked, rate } satisfies PacedRun)
  const result = await program.during(run)
  return { ...result, side, pace, cpuMicros: serverUsage(program.pid).cpuMicros - before }
}

async function measure(bench: Bench): Promise<Run[]> {
  const runs: Run[] = []
  // Round 0 warms up; it counts for the registry alone.
  for (let round = 0; round <= options.rounds; round += 1) {
    for (const pace of ['full', 'fixed'] as const) {
      for (const side of turns) runs.push({ ...(await runOnce(bench, side, pace)), round })
    }
  }
  return runs
}

/** What a number is in a round, both runs of a side together. */
function byRound(runs: readonly Run[], side: Side, value: (run: Run) => number): number[] {
  const rounds = Map.groupBy(
    runs.filter((run) => run.side === side),
    ({ round }) => round,
  )
  return [...rounds.values()].map((both) => both.reduce((sum, run) => sum + value(run), 0) / both.length)
}

function rowsOf(all: readonly Run[], pace: Pace): string[][] {
  const runs = all.filter((run) => run.pace === pace && run.round > 0)
  const rate = (run: Run) => run.answered / run.seconds
  const cpu = (run: Run) => run.cpuMicros / run.answered
  const ratio = (value: (run: Run) => number) => {
    const off = byRound(runs, 'off', value)
    return median(byRound(runs, 'on', value).map((on, index) => on / (off[index] ?? Number.NaN)))
  }
  const row = (side: Side) => {
    const of = (value: (run: Run) => number) => median(byRound(runs, side, value))
    const ratios = side === 'off' ? ['1', '1'] : [ratio(rate).toFixed(3), ratio(cpu).toFixed(3)]
    const [rates = '', cpus = ''] = ratios
    const busy = (run: Run) => (100 * run.cpuMicros) / 1e6 / run.seconds
    const figures = [figure(of(rate)), rates, of(cpu).toFixed(1), cpus, `${Math.round(of(busy))} %`]
    return [side, ...figures, figure(of(({ p50Ms }) => p50Ms)), figure(of(({ p99Ms }) => p99Ms))]
  }
  return [
    ['usage', 'requests/s', 'ratio', 'CPU µs/request', 'ratio', 'own core', 'p50 ms', 'p99 ms'],
    row('off'),
    row('on'),
  ]
}

/**
 * Counting that loses requests would be cheap. What was under way at the end of a run may have been answered or not.
 * @throws Error when what was reported is not what was answered
 */
function check(runs: readonly Run[], { sums }: BenchRegistry): void {
  const on = runs.filter(({ side }) => side === 'on')
  const answered = on.reduce((sum, run) => sum + run.answered, 0)
  const cut = sums.requests - answered
  if (cut < 0 || cut > 1 + on.length * options.connections || sums.uncounted > 0) {
    throw new Error(`${answered} requests were answered; the registry heard of ${JSON.stringify(sums)}.`)
  }
}

await runBench(async (ground) => {
  const loadBefore = loadNow()
  const cores = divideCores()
  const registry = await startRegistry()
  ground.atEnd(() => registry.close())
  const bench = await start(ground, registry, cores.prefix)
  const runs = await measure(bench)
  // Its end sends what is left.
  await bench.program.stop()
  check(runs, registry)
  const { reports, bytes } = registry.sums
  const text = `Two gateways in one process, one that reports usage and one that does not: ${counted(options.rounds, 'round')} of four runs (off, on, on, off) of ${options.seconds} s for each load after one to warm up; ${bodies.length} operations, a third of them with an input among their variables, by ${clients.length} clients, over ${options.connections} connections, load by ${bench.load.name} and, at a fixed rate, by sockets of our own. A report every ${options.intervalMs} ms (by itself a gateway makes one in 10,000), ${reports} in all, ${Math.round(bytes / reports / 1024)} KiB each. ${cores.text} Figures are medians of rounds, ratios those of on to off within a round. Every request of the gateway that reports was in a report. Where at full load the own core was busy for less than 95 %, the rate is that of the load or of the machine’s other work; CPU time a request is the gateway’s in any case.`
  const tables = [
    { title: 'As many requests as are answered', rows: rowsOf(runs, 'full') },
    { title: `${options.rate.toLocaleString('en-GB')} requests a second`, rows: rowsOf(runs, 'fixed') },
  ]
  show({ bench: 'usage', words: process.argv.slice(2), loadBefore, text, tables }, options.isKept)
})
