// A subgraph's doors side by side: Yoga's, the lean path for the gateway's fetches, a call in the process. See ../README.md.
import { isDeepStrictEqual } from 'node:util'
import type { Load } from '../load/closed-loop.ts'
import { median, medianRatio } from '../load/percentile.ts'
import type { Usage } from '../processes/message.ts'
import { type Child, startChild } from '../processes/start-child.ts'
import { loadNow, show } from '../report/result.ts'
import { counted, figure, times } from '../report/table.ts'
import type { HttpRun } from './load.ts'
import { readOptions } from './read-options.ts'
import type { InProcessRun } from './service.ts'
import { isHttpWay, type QuestionName, questionNames, type Way, ways } from './ways.ts'

/** One run of one question by one way. */
interface Run extends Load {
  readonly way: Way
  readonly question: QuestionName
  readonly cpuMicros: number
}

interface Bench {
  readonly service: Child
  readonly load: Child
  readonly url: string
}

const options = readOptions()
const reference: Way = 'Yoga, text'

/** Speed of different answers says nothing. Yoga and the text come first, so that the hash is known. */
async function compareAnswers({ load, url }: Bench): Promise<void> {
  for (const question of questionNames) {
    const answers: { data?: object; errors?: unknown }[] = []
    for (const way of ways.filter(isHttpWay)) {
      const run: HttpRun = { url, way, question, connections: 1, seconds: 0 }
      answers.push(await load.ask('answer', run))
    }
    const [first] = answers
    const isGood = first?.data && !first.errors && answers.every((answer) => isDeepStrictEqual(answer, first))
    if (!isGood) throw new Error(`The answers to "${question}" differ: ${JSON.stringify(answers)}`)
  }
}

function runOnce({ service, load, url }: Bench, way: Way, question: QuestionName): Promise<Load> {
  const { connections, seconds } = options
  if (isHttpWay(way)) {
    return load.ask<Load>('run', { url, way, question, connections, seconds } satisfies HttpRun)
  }
  return service.ask<Load>('callInProcess', { way, question, seconds } satisfies InProcessRun)
}

async function measure(bench: Bench): Promise<Run[]> {
  const runs: Run[] = []
  // Round 0 warms up and is thrown away.
  for (let round = 0; round <= options.rounds; round++) {
    for (const question of questionNames) {
      for (const way of ways) {
        const before = await bench.service.ask<Usage>('usage')
        const result = await runOnce(bench, way, question)
        const { cpuMicros } = await bench.service.ask<Usage>('usage')
        if (round > 0) runs.push({ ...result, way, question, cpuMicros: cpuMicros - before.cpuMicros })
      }
    }
  }
  return runs
}

function rowsOf(runs: readonly Run[], question: QuestionName): string[][] {
  const of = (way: Way, value: (run: Run) => number) =>
    runs.filter((run) => run.way === way && run.question === question).map(value)
  const rate = (run: Run) => run.answered / run.seconds
  const cpu = (run: Run) => run.cpuMicros / run.answered
  const head = ['', 'requests/s', 'ratio', 'CPU µs/request', 'ratio', 'p50 ms', 'p99 ms']
  const rows = ways.map((way) => [
    way,
    figure(median(of(way, rate))),
    times(medianRatio(of(way, rate), of(reference, rate))),
    figure(median(of(way, cpu))),
    // How many times less.
    times(medianRatio(of(reference, cpu), of(way, cpu))),
    figure(median(of(way, ({ p50Ms }) => p50Ms))),
    figure(median(of(way, ({ p99Ms }) => p99Ms))),
  ])
  return [head, ...rows]
}

const loadBefore = loadNow()
const service = startChild(new URL('service.ts', import.meta.url), options.profile)
const load = startChild(new URL('load.ts', import.meta.url))
try {
  const bench: Bench = { service, load, url: await service.ask<string>('url') }
  await compareAnswers(bench)
  const runs = await measure(bench)
  const text = `${counted(options.rounds, 'run')} of ${options.seconds} s for each pair after one to warm up, by turns, over ${options.connections} connections; in the process one call after the other. The figures are medians, ratios those of runs of the same round.
The answers over HTTP were compared before. Ratios are to "${reference}": of rates, and of CPU time of the service's process the other way round, so that more is better in both. Beside other work on the machine rates say little, CPU time much more. "graphql-js alone" runs the parsed document in the same schema without anything of ours.`
  const tables = questionNames.map((question) => ({ title: question, rows: rowsOf(runs, question) }))
  show({ bench: 'subgraph-door', words: process.argv.slice(2), loadBefore, text, tables }, options.isKept)
} finally {
  await Promise.all([service.stop(), load.stop()])
}
