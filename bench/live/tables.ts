import { median, medianRatio } from '../load/percentile.ts'
import type { Plot } from '../report/plot.ts'
import type { Table } from '../report/result.ts'
import { figure, percent, times } from '../report/table.ts'
import { type Candidate, candidateNames } from './candidates/candidate.ts'
import type { QueryTimes } from './queries.ts'
import type { Load, Run } from './run.ts'

type Name = Candidate['name']

const NONE = '–'
const KILOBYTE = 1024
const MEGABYTE = 1_000_000

/** CPU time of all threads of the server for a message that a subscriber received. */
const cost = ({ cpuMicros, received }: Load) => cpuMicros / received.received
const lag = (percentage: number) => (load: Load) => load.received.lags.percentileMs(percentage)

/** Runs of one size at one rate, round by round. */
class Cell {
  readonly #runs: readonly Run[]
  readonly #rate: number
  constructor(runs: readonly Run[], subscribers: number, rate: number) {
    this.#runs = runs.filter(({ setting }) => setting.subscribers === subscribers)
    this.#rate = rate
  }
  of(name: Name, value: (load: Load) => number): number[] {
    return this.#runs
      .filter(({ candidate }) => candidate.name === name)
      .flatMap(({ loads }) => loads.filter(({ rate }) => rate === this.#rate).map(value))
  }
  figure(name: Name, value: (load: Load) => number): string {
    return figure(median(this.of(name, value)))
  }
  count(name: Name, value: (load: Load) => number): string {
    return counted(median(this.of(name, value)))
  }
  share(name: Name, value: (load: Load) => number): string {
    return percent(median(this.of(name, value)))
  }
  ratio(name: Name, beside: Name): string {
    const others = this.of(beside, cost)
    return others.length === 0 || name === beside ? NONE : times(medianRatio(this.of(name, cost), others))
  }
}

const sizesOf = (runs: readonly Run[]) => [...new Set(runs.map(({ setting }) => setting.subscribers))]
const ratesOf = (runs: readonly Run[]) => [...new Set(runs.flatMap(({ setting }) => setting.rates))]
const counted = (value: number) => value.toLocaleString('en-GB')

function titleOf(runs: readonly Run[], name: Name): string | undefined {
  return runs.find(({ candidate }) => candidate.name === name)?.candidate.title
}

/** A row for each server and size that was measured. */
function rowsOf(
  runs: readonly Run[],
  row: (name: Name, subscribers: number) => readonly string[],
): string[][] {
  return sizesOf(runs).flatMap((subscribers) =>
    candidateNames.flatMap((name) => {
      const title = titleOf(runs, name)
      return title === undefined ? [] : [[title, counted(subscribers), ...row(name, subscribers)]]
    }),
  )
}

/** What a delivered message costs, and how late it is, at each rate. */
export function loadTables(runs: readonly Run[]): Table[] {
  const head = ['', 'subscribers', 'CPU µs/message', '÷ floor', '÷ ordinary', '÷ Hive Router']
  const lags = ['p50 ms', 'p99 ms', 'max ms', 'received', 'left out', 'behind at the end']
  const cores = ['CPU, share of a core', 'core 0 busy', 'core 1 busy']
  return ratesOf(runs).map((rate) => ({
    title: `${rate} a second`,
    rows: [
      [...head, ...lags, ...cores],
      ...rowsOf(runs, (name, subscribers) => {
        const cell = new Cell(runs, subscribers, rate)
        return [
          cell.figure(name, cost),
          cell.ratio(name, 'floor'),
          cell.ratio(name, 'ordinary'),
          cell.ratio(name, 'hive-router'),
          ...[50, 99, 100].map((percentage) => cell.figure(name, lag(percentage))),
          cell.share(name, ({ received, expected }) => received.received / expected),
          cell.count(name, ({ received }) => received.lost),
          cell.count(name, ({ behind }) => behind),
          cell.share(name, ({ cpuMicros, wallMicros }) => cpuMicros / wallMicros),
          cell.share(name, ({ ownCore }) => ownCore),
          cell.share(name, ({ otherCore }) => otherCore),
        ]
      }),
    ],
  }))
}

/** How fast subscribers arrive, and what memory they take. */
export function arrivalTable(runs: readonly Run[]): Table {
  const head = ['', 'subscribers', 'subscribed/s', 'all subscribed s', 'all with a value s', 'process MB']
  return {
    title: 'Arrival and memory',
    rows: [
      [...head, 'idle KB/subscriber', 'under load KB/subscriber'],
      ...rowsOf(runs, (name, subscribers) => {
        const own = runs.filter(
          ({ candidate, setting }) => candidate.name === name && setting.subscribers === subscribers,
        )
        const show = (value: (run: Run) => number) => figure(median(own.map(value)))
        const each = (bytes: number) => bytes / KILOBYTE / subscribers
        return [
          show(({ arrival }) => subscribers / (arrival.subscribedMs / 1000)),
          show(({ arrival }) => arrival.subscribedMs / 1000),
          show(({ arrival }) => (arrival.valuedMs ?? Number.NaN) / 1000),
          show(({ arrival }) => arrival.baseBytes / MEGABYTE),
          show(({ arrival }) => each(arrival.idleBytes - arrival.baseBytes)),
          show(({ arrival, loads }) => {
            const most = Math.max(...loads.map(({ residentBytes }) => residentBytes))
            return each(most - arrival.baseBytes)
          }),
        ]
      }),
    ],
  }
}

/** How long plain queries take beside the subscribers. */
export function queryTable(runs: readonly Run[]): Table {
  const row = (what: string, times: readonly QueryTimes[]) => [
    what,
    counted(median(times.map(({ count }) => count))),
    figure(median(times.map(({ p50Ms }) => p50Ms))),
    figure(median(times.map(({ p95Ms }) => p95Ms))),
    figure(median(times.map(({ p99Ms }) => p99Ms))),
  ]
  const present = (times: readonly (QueryTimes | undefined)[]) => times.filter((one) => one !== undefined)
  return {
    title: 'Plain queries to the same process',
    rows: [
      ['', 'queries', 'p50 ms', 'p95 ms', 'p99 ms'],
      row('nothing published', present(runs.map(({ arrival }) => arrival.queries))),
      ...ratesOf(runs).map((rate) => {
        const loads = runs.flatMap((run) => run.loads.filter((load) => load.rate === rate))
        return row(`${rate} a second`, present(loads.map(({ queries }) => queries)))
      }),
    ],
  }
}

/** Cost and lag by subscribers, at the lowest rate. */
export function comparisonPlots(runs: readonly Run[]): Plot[] {
  const [rate = 1] = ratesOf(runs)
  const plot = (title: string, label: string, value: (load: Load) => number): Plot => ({
    title: `${title}, ${rate} message${rate === 1 ? '' : 's'} a second`,
    x: { label: 'subscribers' },
    y: { label },
    series: candidateNames.flatMap((name) => {
      const title = titleOf(runs, name)
      if (title === undefined) return []
      const points = sizesOf(runs).map(
        (size) => [size, median(new Cell(runs, size, rate).of(name, value))] as const,
      )
      return [{ name: title, points }]
    }),
  })
  return [
    plot('CPU time of a delivered message', 'CPU, µs a message', cost),
    plot('Time from publishing to the subscriber', 'p99, ms', lag(99)),
  ]
}

/** Lag and memory over the time of a long load. */
export function momentPlots({ loads }: Run): Plot[] {
  return loads.map(({ rate, moments }) => {
    const shown = moments.filter(({ p99Ms }) => Number.isFinite(p99Ms))
    return {
      title: `Time from publishing to the subscriber, ${rate} a second`,
      x: { label: 'time, s' },
      y: { label: 'ms' },
      series: [
        { name: 'p50', points: shown.map(({ seconds, p50Ms }) => [seconds, p50Ms] as const) },
        { name: 'p99', points: shown.map(({ seconds, p99Ms }) => [seconds, p99Ms] as const) },
      ],
    }
  })
}
