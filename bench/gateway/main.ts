// Our gateway beside ApolloGateway as it comes: the same graph, queries and answers, in one run. See ../README.md.
import { isDeepStrictEqual } from 'node:util'
import { request } from 'undici'
import type { Load } from '../load/closed-loop.ts'
import { median, medianRatio } from '../load/percentile.ts'
import type { Usage } from '../processes/message.ts'
import { type Child, startChild } from '../processes/start-child.ts'
import { loadNow, show } from '../report/result.ts'
import { figure, times } from '../report/table.ts'
import { composeGraph, type QueryName, queries } from './graph.ts'
import type { LoadRun } from './load.ts'
import { readOptions } from './read-options.ts'

const candidates = {
  'ApolloGateway, its own fetcher': { file: 'stock.ts', placement: 'http' },
  'ours, subgraphs over HTTP': { file: 'ours.ts', placement: 'http' },
  'ours, subgraphs in process': { file: 'ours.ts', placement: 'in-process' },
} as const
type CandidateName = keyof typeof candidates
const candidateNames = Object.keys(candidates) as CandidateName[]
const queryNames = Object.keys(queries) as QueryName[]
const reference: CandidateName = 'ApolloGateway, its own fetcher'

interface Candidate {
  readonly child: Child
  readonly url: string
}

/** One run of one query on one candidate. */
interface Run extends Load {
  readonly candidate: CandidateName
  readonly query: QueryName
  readonly cpuMicros: number
}

const options = readOptions()
const children: Child[] = []

function start(file: string, profileFolder?: string): Child {
  const child = startChild(new URL(file, import.meta.url), profileFolder)
  children.push(child)
  return child
}

async function startCandidates(): Promise<Map<CandidateName, Candidate>> {
  const address = await start('responder.ts').ask<string>('listen')
  const supergraph = composeGraph(address)
  const started = new Map<CandidateName, Candidate>()
  for (const name of candidateNames) {
    const { file, placement } = candidates[name]
    const child = start(file, options.profile)
    started.set(name, { child, url: await child.ask<string>('serve', { supergraph, placement }) })
  }
  return started
}

/** Speed of different answers says nothing. */
async function compareAnswers(
  started: ReadonlyMap<CandidateName, Candidate>,
): Promise<Map<QueryName, number>> {
  const sizes = new Map<QueryName, number>()
  for (const query of queryNames) {
    const answers: unknown[] = []
    for (const { url } of started.values()) {
      const headers = { 'content-type': 'application/json', accept: 'application/json' }
      const body = JSON.stringify({ query: queries[query] })
      const text = await (await request(url, { method: 'POST', headers, body })).body.text()
      answers.push(JSON.parse(text))
      sizes.set(query, text.length)
    }
    const [first] = answers as { data?: object; errors?: unknown }[]
    const isGood = first?.data && !first.errors && answers.every((answer) => isDeepStrictEqual(answer, first))
    if (!isGood)
      throw new Error(`The answers to "${query}" differ:\n${JSON.stringify(answers, undefined, 2)}`)
  }
  return sizes
}

async function measure(started: ReadonlyMap<CandidateName, Candidate>): Promise<Run[]> {
  const load = start('load.ts')
  const runs: Run[] = []
  // Round 0 warms up and is thrown away.
  for (let round = 0; round <= options.rounds; round++) {
    for (const query of queryNames) {
      for (const [candidate, { child, url }] of started) {
        const { connections, seconds } = options
        const before = await child.ask<Usage>('usage')
        const run: LoadRun = { url, query: queries[query], connections, seconds }
        const result = await load.ask<Load>('run', run)
        const { cpuMicros } = await child.ask<Usage>('usage')
        if (round > 0) runs.push({ ...result, candidate, query, cpuMicros: cpuMicros - before.cpuMicros })
      }
    }
  }
  return runs
}

function rowsOf(runs: readonly Run[], query: QueryName): string[][] {
  const of = (candidate: CandidateName, value: (run: Run) => number) =>
    runs.filter((run) => run.candidate === candidate && run.query === query).map(value)
  const rate = (run: Run) => run.answered / run.seconds
  const cpu = (run: Run) => run.cpuMicros / run.answered
  const head = ['', 'requests/s', 'ratio', 'CPU µs/request', 'ratio', 'p50 ms', 'p95 ms', 'p99 ms']
  const rows = candidateNames.map((name) => [
    name,
    figure(median(of(name, rate))),
    times(medianRatio(of(name, rate), of(reference, rate))),
    figure(median(of(name, cpu))),
    // How many times less.
    times(medianRatio(of(reference, cpu), of(name, cpu))),
    figure(median(of(name, ({ p50Ms }) => p50Ms))),
    figure(median(of(name, ({ p95Ms }) => p95Ms))),
    figure(median(of(name, ({ p99Ms }) => p99Ms))),
  ])
  return [head, ...rows]
}

async function memoryRows(started: ReadonlyMap<CandidateName, Candidate>): Promise<string[][]> {
  const rows = [['', 'resident MB at the end']]
  for (const [name, { child }] of started) {
    const { residentBytes } = await child.ask<Usage>('usage')
    rows.push([name, figure(residentBytes / 1_000_000)])
  }
  return rows
}

const loadBefore = loadNow()
try {
  const started = await startCandidates()
  const sizes = await compareAnswers(started)
  const runs = await measure(started)
  const text = `${options.rounds} runs of ${options.seconds} s for each pair after one to warm up, by turns, ${options.connections} connections; the figures are medians, ratios those of runs of the same round.
The answers were compared before. Ratios are to "${reference}": of rates, and of CPU time of the gateway's process the other way round, so that more is better in both. Beside other work on the machine rates say little, CPU time much more.`
  const tables = queryNames.map((query) => ({
    title: `${query} (${figure(sizes.get(query) ?? 0)} bytes)`,
    rows: rowsOf(runs, query),
  }))
  tables.push({ title: 'Memory', rows: await memoryRows(started) })
  show({ bench: 'gateway', words: process.argv.slice(2), loadBefore, text, tables }, options.isKept)
} finally {
  await Promise.all(children.map((child) => child.stop()))
}
