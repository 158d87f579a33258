import { figure } from '../report/table.ts'
import type { Load, Run } from './run.ts'

const LATE_MS = 50
const LATE_VALUE_MICROS = 1_000_000

const named = (run: Run, { rate }: Load) =>
  `${run.candidate.title}, ${run.setting.subscribers.toLocaleString('en-GB')} at ${rate}/s`

function those(runs: readonly Run[], isMeant: (load: Load) => boolean): string {
  const names = runs.flatMap((run) => run.loads.filter(isMeant).map((load) => named(run, load)))
  return [...new Set(names)].join('; ')
}

/** Whether the last value came long after the changes were over. */
function isBehindTime({ wallMicros, changes, rate }: Load): boolean {
  return wallMicros - (changes / rate) * 1_000_000 > LATE_VALUE_MICROS
}

/** What the load itself takes: whether it was in the way. */
function ownCost(runs: readonly Run[]): string {
  const costs = runs.flatMap(({ loads }) =>
    loads.map(({ loadCpuMicros, received }) => loadCpuMicros / received.received),
  )
  return `The load took ${figure(Math.min(...costs))} to ${figure(Math.max(...costs))} µs of CPU time a message.`
}

/** What a reader must know of the runs: closed connections, servers that did not keep up, a publisher that was late. */
export function remarks(runs: readonly Run[]): string {
  const found = [
    ['Connections were closed', ({ received }: Load) => received.closed > 0],
    ['Subscribers were told errors', ({ received }: Load) => received.refused > 0],
    ['Values came that were not newer than the one before', ({ received }: Load) => received.repeated > 0],
    ['Did not keep up, so that the last value came more than a second late', isBehindTime],
    [
      `The publisher was more than ${LATE_MS} ms late`,
      ({ publisherLateMs }: Load) => publisherLateMs > LATE_MS,
    ],
  ] as const
  const sentences = found.flatMap(([sentence, isMeant]) => {
    const names = those(runs, isMeant)
    return names === '' ? [] : [`**${sentence}: ${names}.**`]
  })
  if (sentences.length > 0) return `${ownCost(runs)} ${sentences.join(' ')}`
  return `${ownCost(runs)} No connection was closed, no subscriber was told an error, no value came twice.`
}
