import { counted } from '../report/table.ts'
import { ours } from './candidates/ours.ts'
import { type Found, settingOf } from './compare.ts'
import { measure } from './measure.ts'
import type { Options } from './read-options.ts'
import type { Stage } from './stage.ts'
import { arrivalTable, loadTables, momentPlots, queryTable } from './tables.ts'

/** Of one process: below the 20,000 files that it may hold, however unevenly they are dealt. */
const SUBSCRIBERS_A_PROCESS = 17_000
const SUBSCRIBERS_AN_EVENT = 50

const processesFor = (subscribers: number) => Math.ceil(subscribers / SUBSCRIBERS_A_PROCESS)

/** Our gateway on one core, which is asked plain queries meanwhile. */
export async function withQueries(stage: Stage, options: Options): Promise<Found> {
  const [subscribers = 15_000] = options.sizes
  const run = await measure(
    stage,
    ours(1, options.profile),
    settingOf(options, { subscribers, isAsking: true }),
  )
  return {
    runs: [run],
    text: `Our gateway alone, one run of ${run.setting.seconds} s at each rate. It is asked 50 plain queries a second, each with one fetch, whether those before are answered or not; their CPU time is within that of messages. They are asked from the core of the load, where they wait for it.`,
    tables: [queryTable([run]), ...loadTables([run]), arrivalTable([run])],
  }
}

/** Our gateway with several workers on the whole machine, for long. */
export async function big(stage: Stage, options: Options): Promise<Found> {
  const [subscribers = 50_000] = options.sizes
  const processes = processesFor(subscribers)
  const own = { subscribers, processes, rates: [1], seconds: 300 }
  const run = await measure(stage, ours(processes, options.profile), settingOf(options, own))
  return {
    runs: [run],
    text: `Our gateway with ${counted(processes, 'worker')} and as many processes of load on the whole machine, one run of ${run.setting.seconds} s. Memory is that of all its processes.`,
    tables: [...loadTables([run]), arrivalTable([run])],
    plots: momentPlots(run),
  }
}

/** Our gateway with many events that change faster than their subscribers want to hear. */
export async function manyEvents(stage: Stage, events: number, options: Options): Promise<Found> {
  const subscribers = events * SUBSCRIBERS_AN_EVENT
  const processes = processesFor(subscribers)
  const own = { subscribers, processes, events, minIntervalMs: 250, rates: [10], seconds: 30 }
  const run = await measure(stage, ours(processes, options.profile), settingOf(options, own))
  return {
    runs: [run],
    text: `Our gateway with ${counted(processes, 'worker')} and as many processes of load on the whole machine: ${counted(events, 'event')} with ${SUBSCRIBERS_AN_EVENT} subscribers each, who want a value every ${run.setting.minIntervalMs} ms at most, so that values are left out on purpose: a value that is left out was replaced by a newer one. What must be right is the last value ("behind at the end" is 0). Lag is that of the values that were delivered, with the time for which they were held back.`,
    tables: [...loadTables([run]), arrivalTable([run])],
    plots: momentPlots(run),
  }
}
