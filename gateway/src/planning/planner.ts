import { setTimeout } from 'node:timers/promises'
import { type DocumentNode, parse, visit } from 'graphql'
import type { Logger } from 'pino'
import { isDeferred } from './deferred.ts'
import { type Joins, readJoins } from './join-directives.ts'
import type { Plan } from './plan.ts'
import { PlanningFailed } from './planning-failed.ts'
import type { PlanRequest } from './planning-messages.ts'
import { PlanningQueue } from './planning-queue.ts'

/** What is planned. Its plan depends on nothing else, so it can be kept under these values. */
export interface PlannedOperation {
  /** One operation with its fragments, valid. */
  readonly document: string
  readonly operationName: string | undefined
  /** Labels of `@override` that are on for this request. */
  readonly overrideLabels: ReadonlySet<string>
  /** From 0 to 100: `@override(label: "percent(N)")` is on where N is above it. */
  readonly overridePercentage: number
}

/** Finds how an operation is answered by the subgraphs of one supergraph. Never on the event loop's own time. */
export interface Planner {
  /**
   * @throws GraphQLError DEADLINE_EXCEEDED when it took too long
   * @throws PlanningFailed when no plan answers it; the message is for the log
   */
  plan(operation: PlannedOperation): Promise<Plan>
  /** Labels of `@override` that the supergraph has, without those by percentage. */
  readonly overrideLabels: readonly string[]
  /** The N of every `@override(label: "percent(N)")`: only being below or above each makes another plan. */
  readonly overridePercentages: readonly number[]
  close(): Promise<void>
}

export interface PlannerOptions {
  readonly sdl: string
  /** The SDL, parsed, where it is there already. */
  readonly document?: DocumentNode
  /** `hive` plans all but `@defer` and `@fromContext`, which go to Apollo's; `apollo` plans all. */
  readonly kind: 'hive' | 'apollo'
  /** Longest time for one plan, waiting for others included, in milliseconds. */
  readonly deadlineMs: number
  readonly log: Logger
  /** What the process of Hive's planner sees of the environment; nothing by default. */
  readonly environment?: Readonly<Record<string, string>> | undefined
}

/** Of an operation that ended a planner, this many characters are logged. */
const loggedLength = 2_000

/** Whether a field is selected that one planner plans as if its argument had not been given. */
function isContextual(document: DocumentNode, { contextualFields }: Joins): boolean {
  if (contextualFields.size === 0) return false
  let isFound = false
  visit(document, {
    Field(field) {
      if (contextualFields.has(field.name.value)) isFound = true
    },
  })
  return isFound
}

/** Hive's planner where it runs; where it does not, one line in the log and no process. */
async function startHive(options: PlannerOptions): Promise<PlanningQueue | undefined> {
  const { sdl, deadlineMs, environment, log } = options
  const queue = new PlanningQueue({
    engine: 'hive',
    sdl,
    deadlineMs,
    environment,
    onDeath: (reason, request) =>
      log.error(
        { reason, operation: request?.document.slice(0, loggedLength) },
        "Hive's planner ended and starts again; Apollo's plans the operation that it had",
      ),
  })
  try {
    await queue.start()
    return queue
  } catch (error) {
    await queue.close()
    if (!(error instanceof PlanningFailed)) throw error
    log.warn({ reason: error.message }, "Hive's planner does not run here; Apollo's plans instead")
    return undefined
  }
}

interface Both {
  readonly hive: PlanningQueue
  readonly apollo: PlanningQueue
  readonly log: Logger
}

/**
 * After so many milliseconds of Hive's planner, Apollo's plans too and the first plan is taken: Hive's searches some small
 * operations for minutes that Apollo's plans at once. Most take it a few milliseconds.
 */
const patienceMs = 1_000

const isSlow = Symbol('the planner takes long')

async function planByApollo({ apollo, log }: Both, request: PlanRequest, reason: string): Promise<Plan> {
  log.debug(
    { reason, operation: request.document.slice(0, loggedLength) },
    "Apollo's planner plans what Hive's does not",
  )
  try {
    return await apollo.plan(request)
  } catch (error) {
    if (!(error instanceof PlanningFailed)) throw error
    throw new PlanningFailed(`Hive: ${reason} Apollo: ${error.message}`)
  }
}

/** What Hive's does not plan, not all of it, or not soon, Apollo's does. */
async function planByEither(both: Both, request: PlanRequest): Promise<Plan> {
  const isOver = new AbortController()
  const byHive = both.hive.plan(request, isOver.signal)
  const patience = setTimeout(patienceMs, isSlow, { signal: isOver.signal, ref: false })
  try {
    const plan = await Promise.race([byHive, patience])
    if (plan !== isSlow) return plan
    return await Promise.any([byHive, planByApollo(both, request, `It takes longer than ${patienceMs} ms.`)])
  } catch (error) {
    if (error instanceof AggregateError) throw error.errors[1]
    if (!(error instanceof PlanningFailed)) throw error
    return planByApollo(both, request, error.message)
  } finally {
    isOver.abort()
  }
}

/**
 * A planner for a supergraph.
 *
 * @throws PlanningFailed when no planner takes it
 */
export async function createPlanner(options: PlannerOptions): Promise<Planner> {
  const { sdl, kind, deadlineMs } = options
  const joins = readJoins(options.document ?? parse(sdl, { noLocation: true }))
  const hive = kind === 'hive' ? await startHive(options) : undefined
  // Beside the other it costs nothing until the first operation that needs it.
  const apollo = new PlanningQueue({ engine: 'apollo', sdl, deadlineMs })
  if (!hive) await apollo.start()
  const isApollos = (text: string): boolean => {
    const mayBe = joins.contextualFields.size > 0 || text.includes('@defer')
    if (!mayBe) return false
    const document = parse(text, { noLocation: true })
    return isDeferred(document) || isContextual(document, joins)
  }
  return {
    overrideLabels: joins.overrideLabels,
    overridePercentages: [...new Set(joins.overridePercentages.values())],
    plan(operation) {
      const { document, overridePercentage } = operation
      const request = { document, overrideLabels: [...operation.overrideLabels], overridePercentage }
      return !hive || isApollos(document)
        ? apollo.plan(request)
        : planByEither({ hive, apollo, log: options.log }, request)
    },
    async close() {
      await Promise.all([hive?.close(), apollo.close()])
    },
  }
}
