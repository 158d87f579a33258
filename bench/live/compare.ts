import type { Finding } from '../report/result.ts'
import { counted } from '../report/table.ts'
import type { Candidate } from './candidates/candidate.ts'
import { floor } from './candidates/floor.ts'
import { hiveRouter } from './candidates/hive-router.ts'
import { ordinary } from './candidates/ordinary.ts'
import { ours } from './candidates/ours.ts'
import { measure } from './measure.ts'
import type { Options } from './read-options.ts'
import type { Run, Setting } from './run.ts'
import type { Stage } from './stage.ts'
import { mostOfProcess } from './subscribers.ts'
import { arrivalTable, comparisonPlots, loadTables } from './tables.ts'

/** What a part of the bench found. */
export type Found = Pick<Finding, 'text' | 'tables' | 'plots'> & { readonly runs: readonly Run[] }

/** What the words say of one run, and what holds without them. */
export function settingOf(
  { rates, seconds }: Pick<Options, 'rates' | 'seconds'>,
  own: Pick<Setting, 'subscribers'> & Partial<Setting>,
): Setting {
  const without = { events: 1, minIntervalMs: 0, processes: 1, rates: [1, 5], seconds: 10, isAsking: false }
  return {
    ...without,
    ...own,
    ...(rates.length > 0 ? { rates } : {}),
    ...(seconds === undefined ? {} : { seconds }),
  }
}

function candidates({ only, hiveRouter: path, profile }: Options, stage: Stage): readonly Candidate[] {
  const all: readonly (Candidate | undefined)[] = [
    ours(1, profile),
    floor(stage.programs.floor),
    ordinary(),
    path === undefined ? undefined : hiveRouter(path),
  ]
  return all.filter((one) => one !== undefined && only.includes(one.name)) as readonly Candidate[]
}

/** Every server at every size, by turns. */
export async function compare(stage: Stage, options: Options): Promise<Found> {
  const { rounds } = options
  const sizes = options.sizes.length > 0 ? options.sizes : [1000, 5000, 15_000]
  const tooMany = sizes.find((size) => size > mostOfProcess)
  if (tooMany !== undefined) {
    throw new Error(`One process serves ${mostOfProcess} at most, not ${tooMany}: take --big for more.`)
  }
  const runs: Run[] = []
  const setting = (subscribers: number) => settingOf(options, { subscribers })
  for (const subscribers of sizes) {
    for (let round = 1; round <= rounds; round++) {
      for (const candidate of candidates(options, stage)) {
        process.stderr.write(`${subscribers} subscribers, round ${round}: ${candidate.title}\n`)
        runs.push(await measure(stage, candidate, setting(subscribers)))
      }
    }
  }
  const text = `${counted(rounds, 'run')} of ${setting(1).seconds} s at each rate, servers by turns, each started anew and warmed up for 2 s. Figures are medians, ratios those of runs of the same round. One event; each subscriber has a token of its own. Our gateway verifies every token and sends each subscriber a first value; the others look at no token and send none. Hive Router shares equal subscriptions whatever their headers, since by default different tokens share nothing.`
  return {
    runs,
    text,
    tables: [...loadTables(runs), arrivalTable(runs)],
    plots: sizes.length > 1 ? comparisonPlots(runs) : [],
  }
}
