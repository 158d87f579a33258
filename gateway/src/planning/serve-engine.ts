import { parse } from 'graphql'
import { freeVariables } from './client-variables.ts'
import type { Engine, EngineName } from './engine.ts'
import type { EngineLoad } from './engine-host.ts'
import { fetchedPart } from './fetched-part.ts'
import { readJoinedTypes } from './joined-types.ts'
import { missingField } from './missing-field.ts'
import type { Plan } from './plan.ts'
import { PlanningFailed } from './planning-failed.ts'
import type { Answer, FromHost, PlanRequest, ToHost } from './planning-messages.ts'
import { soundPlan } from './sound-plan.ts'
import { readSubgraphFacts, type SubgraphFacts } from './subgraph-facts.ts'

function problemOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

/** Loaded when it is asked for: the binary of one is not on every machine, and the other is large. */
async function loadEngine(name: EngineName, sdl: string): Promise<Engine> {
  if (name === 'hive') return (await import('./hive-planner.ts')).hivePlanner(sdl)
  return (await import('./apollo-planner.ts')).apolloPlanner(sdl)
}

interface Loaded {
  readonly engine: Engine
  readonly facts: SubgraphFacts
}

/** @throws PlanningFailed when the plan would not answer all of it, or asks for what can't be answered */
async function planFor({ engine, facts }: Loaded, request: PlanRequest, signal: AbortSignal): Promise<Plan> {
  const part = fetchedPart(parse(request.document, { noLocation: true }))
  if (!part) return { root: undefined }
  const freed = freeVariables(part)
  const root = soundPlan(freed.restore(await engine.plan(freed.part, request, signal)), facts)
  const missing = missingField(part, root, facts)
  if (missing !== undefined) throw new PlanningFailed(`The plan ${missing}`)
  return { root }
}

/** Plans what it is told to, and says what came of it. */
function listenTo(loaded: Loaded, say: (message: FromHost) => void): (message: ToHost) => Promise<void> {
  const running = new Map<number, AbortController>()
  return async (message) => {
    const { id } = message
    if (message.kind === 'cancel') {
      running.get(id)?.abort()
      return
    }
    const controller = new AbortController()
    running.set(id, controller)
    let answer: Answer
    try {
      answer = { kind: 'plan', id, plan: await planFor(loaded, message.request, controller.signal) }
    } catch (error) {
      answer = { kind: 'problem', id, problem: problemOf(error) }
    }
    running.delete(id)
    say(answer)
  }
}

/** Loads an engine within the thread or process that is its own, and serves whoever opened that. */
export async function serveEngine(
  { engine, sdl }: EngineLoad,
  line: { say(message: FromHost): void; listen(listener: (message: ToHost) => void): void },
): Promise<void> {
  try {
    const document = parse(sdl, { noLocation: true })
    const facts = readSubgraphFacts(document, readJoinedTypes(document))
    const loaded = { engine: await loadEngine(engine, sdl), facts }
    line.listen(listenTo(loaded, line.say))
  } catch (error) {
    line.say({ kind: 'refused', problem: problemOf(error) })
    return
  }
  line.say({ kind: 'ready' })
}
