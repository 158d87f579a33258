import type { StartedGateway } from '../gateway/start-gateway.ts'
import type { Plot } from '../report/plot.ts'
import type { Table } from '../report/result.ts'
import { figure, percent } from '../report/table.ts'
import { ask } from './ask.ts'
import { type Cost, costsOf } from './cost.ts'
import { lineThrough } from './line.ts'
import type { Setting } from './setting.ts'

/** How many items make an answer of about 1, 10, 100, 300, 600 and 900 KB. */
const ITEM_COUNTS = [5, 40, 400, 1300, 2600, 4000]

/** Queries whose answers grow, by name. */
const kinds = {
  'one fetch': (count: number) => `{ items(count: ${count}) { id name text } }`,
  'an entity hop for each item': (count: number) => `{ items(count: ${count}) { id name text extra } }`,
}

interface Sized extends Cost {
  readonly bytes: number
}

/** What was measured of answers. */
export interface AnswerSizes {
  readonly tables: readonly Table[]
  readonly plot: Plot
  /** One sentence for each kind of query: how near its cost is to a straight line. */
  readonly text: string
}

/** What answers cost by their size. */
export async function measureAnswerSizes(gateway: StartedGateway, setting: Setting): Promise<AnswerSizes> {
  const found = new Map<string, readonly Sized[]>()
  for (const [name, queryOf] of Object.entries(kinds)) {
    const subjects = new Map(ITEM_COUNTS.map((count) => [count, { gateway, query: queryOf(count) }]))
    const costs = await costsOf(subjects, setting.load, setting.options)
    const sized: Sized[] = []
    for (const [count, cost] of costs) {
      sized.push({ ...cost, bytes: (await ask(`${gateway.address}/graphql`, queryOf(count))).length })
    }
    found.set(name, sized)
  }
  return {
    tables: [...found].map(([name, sized]) => tableOf(name, sized)),
    plot: plotOf(found),
    text: [...found].map(([name, sized]) => sentenceOf(name, sized)).join(' '),
  }
}

function tableOf(name: string, sized: readonly Sized[]): Table {
  const rows = sized.map(({ bytes, perSecond, cpuMicros, p99Ms }, index) => {
    const smaller = sized[index - 1]
    const more = smaller && ((cpuMicros - smaller.cpuMicros) / (bytes - smaller.bytes)) * 1000
    const cells = [
      figure(perSecond),
      figure(cpuMicros),
      more === undefined ? '' : figure(more),
      figure(p99Ms),
    ]
    return [`${bytes.toLocaleString('en-GB')} bytes`, ...cells]
  })
  const head = ['', 'requests/s', 'CPU µs/request', 'µs for a further KB', 'p99 ms']
  return { title: `Size of the answer: ${name}`, rows: [head, ...rows] }
}

const pointsOf = (sized: readonly Sized[]) =>
  sized.map(({ bytes, cpuMicros }): [number, number] => [bytes / 1000, cpuMicros])

function sentenceOf(name: string, sized: readonly Sized[]): string {
  const { start, slope, farthest } = lineThrough(pointsOf(sized))
  return `With ${name} a request costs ${figure(start)} µs and ${figure(slope)} µs for each KB of its answer; no size is farther than ${percent(farthest)} from that line.`
}

function plotOf(found: ReadonlyMap<string, readonly Sized[]>): Plot {
  return {
    title: 'What a request costs as its answer grows',
    x: { label: 'size of the answer, KB' },
    y: { label: 'CPU time of a request, ms' },
    series: [...found].map(([name, sized]) => ({
      name,
      points: pointsOf(sized).map(([kilobytes, micros]) => [kilobytes, micros / 1000]),
    })),
  }
}
