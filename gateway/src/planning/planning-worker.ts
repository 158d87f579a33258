// The planning thread: one engine over one supergraph. Building it and planning would hold up every request otherwise.
import { type MessagePort, parentPort, workerData } from 'node:worker_threads'
import { parse } from 'graphql'
import { freeVariables } from './client-variables.ts'
import type { Engine, EngineName } from './engine.ts'
import { fetchedPart } from './fetched-part.ts'
import type { Plan } from './plan.ts'
import type { Answer, FromThread, PlanRequest, ToThread } from './planning-messages.ts'

/** Loaded when it is asked for: the binary of one is not on every machine, and the other is large. */
async function loadEngine(name: EngineName, sdl: string): Promise<Engine> {
  if (name === 'hive') return (await import('./hive-planner.ts')).hivePlanner(sdl)
  return (await import('./apollo-planner.ts')).apolloPlanner(sdl)
}

async function planFor(engine: Engine, request: PlanRequest, signal: AbortSignal): Promise<Plan> {
  const part = fetchedPart(parse(request.document, { noLocation: true }))
  if (!part) return { root: undefined }
  const freed = freeVariables(part)
  return { root: freed.restore(await engine.plan(freed.part, request, signal)) }
}

function serve(engine: Engine, port: MessagePort): void {
  const running = new Map<number, AbortController>()
  port.on('message', async (message: ToThread) => {
    const { id } = message
    if (message.kind === 'cancel') {
      running.get(id)?.abort()
      return
    }
    const controller = new AbortController()
    running.set(id, controller)
    let answer: Answer
    try {
      answer = { kind: 'plan', id, plan: await planFor(engine, message.request, controller.signal) }
    } catch (error) {
      answer = { kind: 'problem', id, problem: error instanceof Error ? error.message : String(error) }
    }
    running.delete(id)
    port.postMessage(answer)
  })
}

if (parentPort) {
  const { engine: name, sdl } = workerData as { readonly engine: EngineName; readonly sdl: string }
  let state: FromThread
  try {
    serve(await loadEngine(name, sdl), parentPort)
    state = { kind: 'ready' }
  } catch (error) {
    state = { kind: 'refused', problem: error instanceof Error ? error.message : String(error) }
  }
  parentPort.postMessage(state)
}
