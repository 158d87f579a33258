// What our gateway costs as graphs and answers grow. See ../README.md.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { ours } from '../gateway/candidates/ours.ts'
import { type StartedGateway, startGateway } from '../gateway/start-gateway.ts'
import type { HttpLoad } from '../load/http-load.ts'
import { startLoad } from '../load/start-load.ts'
import { divideCores } from '../processes/core.ts'
import { startChild } from '../processes/start-child.ts'
import { loadNow, show, type Table } from '../report/result.ts'
import { figure, times } from '../report/table.ts'
import { ask, bodyOf, smallQuery } from './ask.ts'
import { coldStartMs } from './cold-start.ts'
import { costsOf } from './cost.ts'
import { type GraphSize, sizes, supergraphOf } from './graphs.ts'
import { planningOf } from './planning.ts'
import { readOptions } from './read-options.ts'

const platformSupergraph = fileURLToPath(new URL('../../schema/supergraph.graphql', import.meta.url))
/** How many items make an answer of about 1, 10, 100 and 1,000 KB. */
const ITEM_COUNTS = [4, 40, 400, 4000]

interface Graph {
  readonly size: GraphSize
  readonly file: string
  readonly gateway: StartedGateway
}

const options = readOptions()
const cores = divideCores()
const gateways: StartedGateway[] = []

async function startGraphs(address: string, folder: string): Promise<Graph[]> {
  const graphs: Graph[] = []
  for (const size of sizes.filter(({ types }) => types <= options.mostTypes)) {
    const name = `${size.types}-${size.subgraphs}`
    const file = join(folder, `${name}.graphql`)
    writeFileSync(file, supergraphOf(size, address))
    const probe = { path: '/graphql', body: bodyOf('{ __typename }') }
    const start = { supergraphFile: file, folder: join(folder, name), prefix: cores.prefix, probe }
    const gateway = await startGateway(ours(undefined), start)
    gateways.push(gateway)
    graphs.push({ size, file, gateway })
  }
  return graphs
}

async function schemaTable(graphs: readonly Graph[], load: HttpLoad): Promise<Table> {
  const plannings = new Map<Graph, Awaited<ReturnType<typeof planningOf>>>()
  for (const graph of graphs) plannings.set(graph, await planningOf(graph.gateway, graph.size))
  const subjects = new Map(graphs.map((graph) => [graph, { gateway: graph.gateway, query: smallQuery }]))
  const costs = await costsOf(subjects, load, options)
  const smallest = [...costs.values()][0]?.cpuMicros ?? Number.NaN
  const rows: string[][] = []
  for (const graph of graphs) {
    const { size, gateway, file } = graph
    const cost = costs.get(graph)
    const planning = plannings.get(graph)
    const start = await coldStartMs(file, { starts: options.starts, prefix: cores.prefix })
    rows.push([
      `${size.types.toLocaleString('en-GB')} types, ${size.subgraphs} subgraphs`,
      figure(cost?.perSecond ?? Number.NaN),
      figure(cost?.cpuMicros ?? Number.NaN),
      times((cost?.cpuMicros ?? Number.NaN) / smallest),
      figure(planning?.knownMs ?? Number.NaN),
      figure(planning?.freshMs ?? Number.NaN),
      figure(planning?.slowestMs ?? Number.NaN),
      figure(start),
      figure(gateway.residentBytesBefore / 1_000_000),
    ])
  }
  const head = ['', 'requests/s', 'CPU µs/request', '÷ smallest', 'known ms', 'fresh ms', 'slowest fresh ms']
  return { title: 'Size of the graph', rows: [[...head, 'cold start ms', 'MB at start'], ...rows] }
}

async function answerTables(gateway: StartedGateway, load: HttpLoad): Promise<Table[]> {
  const tables: Table[] = []
  for (const [title, field] of [
    ['one fetch', ''],
    ['an entity hop for each item', ' extra'],
  ]) {
    const queryOf = (count: number) => `{ items(count: ${count}) { id name text${field} } }`
    const subjects = new Map(ITEM_COUNTS.map((count) => [count, { gateway, query: queryOf(count) }]))
    const costs = await costsOf(subjects, load, options)
    const rows: string[][] = []
    let smaller = { bytes: 0, cpuMicros: Number.NaN }
    for (const [count, { perSecond, cpuMicros, p99Ms }] of costs) {
      const bytes = (await ask(`${gateway.address}/graphql`, queryOf(count))).length
      const more = ((cpuMicros - smaller.cpuMicros) / (bytes - smaller.bytes)) * 1000
      smaller = { bytes, cpuMicros }
      const cells = [
        figure(perSecond),
        figure(cpuMicros),
        rows.length === 0 ? '' : figure(more),
        figure(p99Ms),
      ]
      rows.push([`${bytes.toLocaleString('en-GB')} bytes`, ...cells])
    }
    const head = ['', 'requests/s', 'CPU µs/request', 'µs for a further KB', 'p99 ms']
    tables.push({ title: `Size of the answer: ${title}`, rows: [head, ...rows] })
  }
  return tables
}

async function bench(folder: string): Promise<void> {
  const loadBefore = loadNow()
  const responder = startChild(new URL('responder.ts', import.meta.url))
  const load = startLoad(false)
  try {
    const graphs = await startGraphs(await responder.ask<string>('listen'), folder)
    const tables = [await schemaTable(graphs, load.run)]
    const [smallest] = graphs
    if (smallest) tables.push(...(await answerTables(smallest.gateway, load.run)))
    const start = await coldStartMs(platformSupergraph, { starts: options.starts, prefix: cores.prefix })
    const text = `${options.rounds} runs of ${options.seconds} s for each after one to warm up, by turns, ${options.connections} connections, load by ${load.name}. ${cores.text} Figures are medians.
"known ms" and "fresh ms" are whole requests, one at a time, over three to six fetches: of an operation that the gateway knows, and of one that it has never seen, so that their difference is what parsing, validating, planning and compiling takes. A cold start lasts from the start of the process until /health/ready.

A cold start with the platform's own supergraph: ${figure(start)} ms.`
    show({ bench: 'growth', words: process.argv.slice(2), loadBefore, text, tables }, options.isKept)
  } finally {
    await Promise.all(gateways.map(({ program }) => program.stop()))
    await Promise.all([responder.stop(), load.stop()])
  }
}

const folder = mkdtempSync(join(tmpdir(), 'headcount-bench-'))
try {
  await bench(folder)
} finally {
  rmSync(folder, { recursive: true, force: true })
}
