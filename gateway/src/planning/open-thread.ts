import { Worker } from 'node:worker_threads'
import type { EngineName } from './engine.ts'
import { PlanningFailed } from './planning-failed.ts'
import type { Answer, FromThread, ToThread } from './planning-messages.ts'

/** A thread that has loaded one planner, or is loading it. */
export interface Thread {
  /** Rejects with PlanningFailed when the planner can't be loaded, or does not take the supergraph. */
  readonly ready: Promise<void>
  post(message: ToThread): void
  /** Whether it keeps the process alive. */
  hold(isHeld: boolean): void
  /** Ends it at once, also in the middle of a plan. */
  end(): Promise<void>
}

/** Opens a thread; `onEnd` is called once when it ends on its own. */
export function openThread(
  load: { readonly engine: EngineName; readonly sdl: string },
  listeners: { onAnswer(answer: Answer): void; onEnd(failure: PlanningFailed): void },
): Thread {
  const worker = new Worker(new URL('./planning-worker.ts', import.meta.url), {
    workerData: load,
    // Flags of the process (a script on the command line, a hook) are not meant for it.
    execArgv: [],
  })
  const { promise: ready, resolve, reject } = Promise.withResolvers<void>()
  // Whoever starts it awaits it; a thread that is ended before that is no unhandled rejection.
  ready.catch(() => {})
  let isOver = false
  const onEnd = (error: unknown) => {
    if (isOver) return
    isOver = true
    const failure = new PlanningFailed(error instanceof Error ? error.message : String(error))
    reject(failure)
    listeners.onEnd(failure)
  }
  worker.on('message', (message: FromThread) => {
    if (message.kind === 'ready') resolve()
    else if (message.kind === 'refused') onEnd(message.problem)
    else listeners.onAnswer(message)
  })
  worker.on('error', onEnd)
  worker.on('exit', () => onEnd('The planning thread ended.'))
  return {
    ready,
    post: (message) => worker.postMessage(message),
    hold: (isHeld) => (isHeld ? worker.ref() : worker.unref()),
    async end() {
      isOver = true
      reject(new PlanningFailed('The planning thread was ended.'))
      await worker.terminate()
    },
  }
}
