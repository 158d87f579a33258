import type { Plot } from '../report/plot.ts'
import type { Table } from '../report/result.ts'
import { counted, figure, times } from '../report/table.ts'
import { ask, smallQuery, TookTooLong } from './ask.ts'
import { coldStartMs } from './cold-start.ts'
import { type Cost, costsOf } from './cost.ts'
import { GIVEN_UP_MS, type Planning, planningOf } from './planning.ts'
import type { Graph, Setting } from './setting.ts'

/** What was measured of one graph. */
interface Found {
  readonly graph: Graph
  readonly planning: Planning
  /** Undefined when the gateway gave up on planning the small request. */
  readonly cost: Cost | undefined
  readonly coldStartMs: number
}

/** What graphs cost by their size: a small request, planning, a cold start. */
export async function measureGraphSizes(
  graphs: readonly Graph[],
  setting: Setting,
): Promise<{ readonly table: Table; readonly plot: Plot }> {
  const plannings = new Map<Graph, Planning>()
  const limitMs = setting.options.planningSeconds * 1000
  for (const graph of graphs) plannings.set(graph, await planningOf(graph.gateway, graph.size, limitMs))
  const costs = await smallCostsOf(graphs, setting)
  const found: Found[] = []
  for (const [graph, planning] of plannings) {
    const start = await coldStartMs(graph.file, { ...setting, starts: setting.options.starts })
    found.push({ graph, planning, cost: costs.get(graph), coldStartMs: start })
  }
  return { table: tableOf(found), plot: plotOf(found) }
}

async function smallCostsOf(graphs: readonly Graph[], setting: Setting): Promise<Map<Graph, Cost>> {
  const subjects = new Map<Graph, { gateway: Graph['gateway']; query: string }>()
  for (const graph of graphs) {
    const { gateway } = graph
    try {
      await ask(`${gateway.address}/graphql`, smallQuery)
      subjects.set(graph, { gateway, query: smallQuery })
    } catch (error) {
      if (!(error instanceof TookTooLong)) throw error
    }
  }
  return costsOf(subjects, setting.load, setting.options)
}

function tableOf(found: readonly Found[]): Table {
  const smallest = found[0]?.cost?.cpuMicros ?? Number.NaN
  const rows = found.map(({ graph, planning, cost, coldStartMs: startMs }) => [
    nameOf(graph),
    figure(cost?.perSecond ?? Number.NaN),
    figure(cost?.cpuMicros ?? Number.NaN),
    cost ? times(cost.cpuMicros / smallest) : figure(Number.NaN),
    figure(planning.knownMs),
    figure(planning.medianMs),
    planning.isGivenUp ? `> ${figure(GIVEN_UP_MS)}` : figure(planning.slowestMs),
    String(planning.operations),
    figure(startMs),
    figure(graph.gateway.residentBytesBefore / 1_000_000),
  ])
  const request = ['', 'requests/s', 'CPU µs/request', '÷ smallest', 'known ms']
  const planning = ['planning ms', 'slowest ms', 'operations planned']
  return {
    title: 'Size of the graph',
    rows: [[...request, ...planning, 'cold start ms', 'MB at start'], ...rows],
  }
}

function plotOf(found: readonly Found[]): Plot {
  const line = (value: (one: Found) => number | undefined) =>
    found.flatMap((one, index): [number, number][] => {
      const height = value(one)
      return height === undefined || !Number.isFinite(height) ? [] : [[index, height]]
    })
  return {
    title: 'What a small request costs as the graph grows',
    x: { label: 'types / subgraphs of the graph', names: found.map(({ graph }) => shortNameOf(graph)) },
    y: { label: 'CPU time of a request, µs' },
    series: [{ name: 'a small request, two fetches', points: line(({ cost }) => cost?.cpuMicros) }],
  }
}

const nameOf = ({ size }: Graph) => `${counted(size.types, 'type')}, ${counted(size.subgraphs, 'subgraph')}`
const shortNameOf = ({ size }: Graph) => `${size.types.toLocaleString('en-GB')} / ${size.subgraphs}`
