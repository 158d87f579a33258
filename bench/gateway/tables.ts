import { median, medianRatio } from '../load/percentile.ts'
import type { Table } from '../report/result.ts'
import { figure, percent, times } from '../report/table.ts'
import type { Texts } from './compare.ts'
import { type QueryName, queries } from './graph/queries.ts'
import type { Run } from './measure.ts'
import type { Started } from './start.ts'

const rate = (run: Run) => run.answered / run.seconds
const NONE = '–'

/** Runs of one query, by candidate. */
class Runs {
  readonly #runs: readonly Run[]
  constructor(runs: readonly Run[], query: QueryName) {
    this.#runs = runs.filter((run) => run.query === query)
  }
  of(started: Started | undefined, value: (run: Run) => number): number[] {
    return this.#runs.filter((run) => run.started === started).map(value)
  }
  figure(started: Started, value: (run: Run) => number): string {
    return figure(median(this.of(started, value)))
  }
  ratio(started: Started, beside: Started | undefined): string {
    const others = this.of(beside, rate)
    return others.length === 0 ? NONE : times(medianRatio(this.of(started, rate), others))
  }
}

const sized = (query: QueryName, texts: Texts) =>
  `${queries[query].title} (${(texts.get(query)?.length ?? 0).toLocaleString('en-GB')} bytes)`

/** The main table of a query: nothing is de-duplicated. */
export function queryTable(all: readonly Run[], query: QueryName, texts: Texts): Table {
  const runs = new Runs(all, query)
  const plain = startedOf(all, query).filter(({ isDeduplicating }) => !isDeduplicating)
  const apollo = plain.find(({ name }) => name === 'apollo')
  const hiveRouter = plain.find(({ name }) => name === 'hive-router')
  const rows = plain.map((one) => [
    one.candidate.title,
    runs.figure(one, rate),
    runs.ratio(one, apollo),
    runs.ratio(one, hiveRouter),
    runs.figure(one, ({ p50Ms }) => p50Ms),
    runs.figure(one, ({ p95Ms }) => p95Ms),
    runs.figure(one, ({ p99Ms }) => p99Ms),
    runs.figure(one, ({ cpuMicros, answered }) => cpuMicros / answered),
    percent(median(runs.of(one, ({ busy }) => busy))),
    percent(median(runs.of(one, ({ responderBusy }) => responderBusy))),
    percent(median(runs.of(one, ({ otherCoreBusy }) => otherCoreBusy))),
    runs.figure(one, ({ fetches, answered }) => fetches / answered),
  ])
  const head = ['', 'requests/s', '÷ Apollo', '÷ Hive Router', 'p50 ms', 'p95 ms', 'p99 ms', 'CPU µs/request']
  const shares = ['own core', 'responder', 'other core', 'fetches/request']
  return { title: sized(query, texts), rows: [[...head, ...shares], ...rows] }
}

/** What answering identical requests as one brings to those that can. */
export function deduplicationTable(all: readonly Run[], query: QueryName, texts: Texts): Table {
  const runs = new Runs(all, query)
  const every = startedOf(all, query)
  const floor = every.find(({ name }) => name === 'floor')
  const rows = every
    .filter(({ isDeduplicating }) => isDeduplicating)
    .map((on) => {
      const off = every.find(({ name, isDeduplicating }) => name === on.name && !isDeduplicating)
      const fetches = ({ fetches: all, answered }: Run) => all / answered
      return [
        on.candidate.title,
        off ? runs.figure(off, rate) : NONE,
        runs.figure(on, rate),
        runs.ratio(on, off),
        runs.ratio(on, floor),
        off ? runs.figure(off, fetches) : NONE,
        runs.figure(on, fetches),
        runs.figure(on, ({ p99Ms }) => p99Ms),
      ]
    })
  const head = ['', 'off: requests/s', 'on: requests/s', 'on ÷ off', 'on ÷ floor']
  const more = ['off: fetches/request', 'on: fetches/request', 'on: p99 ms']
  return { title: `De-duplication, ${sized(query, texts)}`, rows: [[...head, ...more], ...rows] }
}

/** Resident memory of each, when it had answered once and when all was measured. */
export function memoryTable(started: readonly Started[]): Table {
  const rows = started.map(({ candidate, isDeduplicating, program, residentBytesBefore }) => [
    `${candidate.title}${isDeduplicating ? ', de-duplicating' : ''}`,
    figure(residentBytesBefore / 1_000_000),
    figure(program.usage().residentBytes / 1_000_000),
  ])
  return { title: 'Resident memory', rows: [['', 'before MB', 'after MB'], ...rows] }
}

function startedOf(runs: readonly Run[], query: QueryName): Started[] {
  return [...new Set(runs.filter((run) => run.query === query).map((run) => run.started))]
}
