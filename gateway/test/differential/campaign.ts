import { kindOf } from './compare.ts'
import { randomVariables } from './operations/input-values.ts'
import { type RandomOperation, randomOperation } from './operations/random-operation.ts'
import { mix, type Random, random } from './random.ts'
import { type Case, type OpenEngine, type OpenWorld, type Outcome, openWorld } from './run-case.ts'
import { shrink } from './shrink.ts'
import { shrinkWorld } from './shrink-world.ts'
import { type ComposedWorld, randomWorld, type Waste } from './world/random-world.ts'

/** A case whose answer is wrong, made small. */
export interface Found {
  readonly composed: ComposedWorld
  readonly case: Case
  readonly outcome: Outcome
}

/** What was run. */
export interface Tally {
  cases: number
  operations: number
  worlds: number
  /** Cases whose right answer has errors. */
  withErrors: number
  /** Cases whose right answer has no error, and data. */
  withoutErrors: number
  /** Operations for which no planner had a plan in time; they run once. */
  unplanned: number
  /** Operations that were written and found invalid. */
  invalidOperations: number
  readonly waste: Waste
  /** How often answers differed, by kind. */
  readonly broken: Map<string, number>
}

export interface CampaignOptions {
  readonly seed: number
  readonly cases: number
  readonly openEngine: OpenEngine
  /** How often each operation runs, with other variables and data, every second time with faults; default 12. */
  readonly runs?: number
  /** Whether to go on after a difference, and tell of the first of each kind; else the first one ends it. */
  readonly goesOn?: boolean
  /** Told of every world that is through. */
  readonly onProgress?: (tally: Tally) => void
  readonly onFound?: (found: Found) => void | Promise<void>
  /** Told of every case before it is run: an engine may take the process down with it. */
  readonly onCase?: (composed: ComposedWorld, it: Case) => void
}

const operationsOfAWorld = 50
function randomCase(chance: Random, operation: RandomOperation, run: number): Case {
  return {
    query: operation.query,
    operationName: operation.operationName,
    variables: randomVariables(chance, operation.variables),
    dataSeed: chance.int(0x7fff_ffff),
    hasFaults: run % 2 === 1,
  }
}

/** Counts a case; true when it differs in a way that none did before. */
function count(tally: Tally, { expected, difference }: Outcome): boolean {
  tally.cases++
  if (expected.errors.length > 0) tally.withErrors++
  else tally.withoutErrors++
  if (!difference) return false
  const kind = kindOf(difference)
  const before = tally.broken.get(kind) ?? 0
  tally.broken.set(kind, before + 1)
  return before === 0
}

async function makeSmall(
  world: OpenWorld,
  start: Case,
  outcome: Outcome,
  openEngine: OpenEngine,
): Promise<Found> {
  const small = await shrink(world, start, outcome)
  return shrinkWorld({ composed: world, case: small.found, outcome: small.outcome }, openEngine)
}

/** Runs one world's operations; true when the campaign is to end. */
async function runWorld(
  world: OpenWorld,
  chance: Random,
  tally: Tally,
  options: CampaignOptions,
): Promise<boolean> {
  const { runs = 12 } = options
  for (let index = 0; index < operationsOfAWorld; index++) {
    const operation = randomOperation(world.api.schema, chance)
    tally.operations++
    tally.invalidOperations += operation.attempts - 1
    for (let run = 0; run < runs && tally.cases < options.cases; run++) {
      const it = randomCase(chance, operation, run)
      options.onCase?.(world, it)
      const outcome = await world.run(it, operation.document)
      if (outcome.expected.data === undefined)
        throw new Error(`An operation was not valid: ${JSON.stringify(it)}`)
      if (outcome.isUnplanned) {
        tally.unplanned++
        break
      }
      if (!count(tally, outcome)) continue
      if (options.onFound) await options.onFound(await makeSmall(world, it, outcome, options.openEngine))
      if (!options.goesOn) return true
    }
    if (tally.cases >= options.cases) return true
  }
  return false
}

/** Runs random cases until there are enough of them, or one differs. The same seed gives the same cases. */
export async function runCampaign(options: CampaignOptions): Promise<Tally> {
  const tally: Tally = {
    cases: 0,
    operations: 0,
    worlds: 0,
    withErrors: 0,
    withoutErrors: 0,
    unplanned: 0,
    invalidOperations: 0,
    waste: { drafts: 0, refused: new Map() },
    broken: new Map(),
  }
  for (let isOver = false; !isOver; ) {
    const seed = mix(options.seed, tally.worlds)
    const world = await openWorld(randomWorld(seed, tally.waste), options.openEngine)
    tally.worlds++
    try {
      isOver = await runWorld(world, random(mix(seed, 1)), tally, options)
    } finally {
      await world.close()
    }
    options.onProgress?.(tally)
  }
  return tally
}
