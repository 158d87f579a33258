import { fail } from '@headcount/errors'
import type { EngineName } from './engine.ts'
import { openThread, type Thread } from './open-thread.ts'
import type { Plan } from './plan.ts'
import { PlanningFailed } from './planning-failed.ts'
import type { Answer, PlanRequest } from './planning-messages.ts'

/**
 * How many plans are under way at once. Hive's planner takes threads of the pool that reads files and resolves names
 * (4 by default), so it never gets all of them; Apollo's has the planning thread only.
 */
const widths: Readonly<Record<EngineName, number>> = { hive: 2, apollo: 1 }

/** How long `close` waits for plans that were told to stop, before the thread is ended under them. */
const closeTimeoutMs = 1_000

interface Task {
  readonly id: number
  readonly request: PlanRequest
  readonly resolve: (plan: Plan) => void
  readonly reject: (error: Error) => void
}

export interface PlanningThreadOptions {
  readonly engine: EngineName
  readonly sdl: string
  /** Longest time for one plan, waiting for others included, in milliseconds. */
  readonly deadlineMs: number
}

/** One planner of another project in a thread of its own, which begins with the first need and again after its end. */
export class PlanningThread {
  readonly #options: PlanningThreadOptions
  readonly #waiting: Task[] = []
  readonly #running = new Map<number, Task>()
  #thread: Thread | undefined
  #isReady = false
  #lastId = 0
  #isClosed = false
  #onIdle = () => {}

  constructor(options: PlanningThreadOptions) {
    this.#options = options
  }

  /** Loads the planner. @throws PlanningFailed when it can't be loaded, or not with this supergraph */
  async start(): Promise<void> {
    const thread = this.#open()
    thread.hold(true)
    try {
      await thread.ready
    } finally {
      this.#holdWhileBusy()
    }
  }

  /** @throws GraphQLError DEADLINE_EXCEEDED; PlanningFailed when there is no plan */
  async plan(request: PlanRequest): Promise<Plan> {
    if (this.#isClosed) throw new PlanningFailed('The planner is closed.')
    const { promise, resolve, reject } = Promise.withResolvers<Plan>()
    const task: Task = { id: ++this.#lastId, request, resolve, reject }
    this.#waiting.push(task)
    const timer = setTimeout(() => this.#giveUp(task), this.#options.deadlineMs)
    this.#advance()
    try {
      return await promise
    } finally {
      clearTimeout(timer)
    }
  }

  /** Ends the thread. What is being planned rejects. */
  async close(): Promise<void> {
    this.#isClosed = true
    const isIdle = this.#running.size === 0
    const stopped = new Promise<void>((resolve) => {
      this.#onIdle = resolve
      setTimeout(resolve, closeTimeoutMs).unref()
    })
    const closed = new PlanningFailed('The planner is closed.')
    for (const task of [...this.#running.values(), ...this.#waiting.splice(0)]) {
      task.reject(closed)
      this.#thread?.post({ kind: 'cancel', id: task.id })
    }
    // The binary plans on threads that outlive a thread of Node: they end first.
    if (this.#options.engine === 'hive' && !isIdle) await stopped
    await this.#drop()?.end()
  }

  /** The thread, which is not this planner's any more. */
  #drop(): Thread | undefined {
    const thread = this.#thread
    this.#thread = undefined
    this.#isReady = false
    return thread
  }

  /** A thread without work must not keep the process alive. */
  #holdWhileBusy(): void {
    this.#thread?.hold(this.#running.size + this.#waiting.length > 0)
  }

  #open(): Thread {
    if (this.#thread) return this.#thread
    const thread = openThread(this.#options, {
      onAnswer: (answer) => this.#settle(answer),
      onEnd: (failure) => {
        if (this.#thread !== thread) return
        this.#drop()
        const tasks = [...this.#running.values(), ...this.#waiting.splice(0)]
        this.#running.clear()
        for (const task of tasks) task.reject(failure)
      },
    })
    this.#thread = thread
    const begin = () => {
      if (this.#thread !== thread) return
      this.#isReady = true
      this.#advance()
    }
    // That it could not load is told by `onEnd`.
    thread.ready.then(begin, () => {})
    return thread
  }

  #settle(answer: Answer): void {
    const task = this.#running.get(answer.id)
    this.#running.delete(answer.id)
    if (answer.kind === 'plan') task?.resolve(answer.plan)
    else task?.reject(new PlanningFailed(answer.problem))
    this.#advance()
  }

  /** Nothing is sent to a thread that still loads: whoever gives up then must not end what others wait for. */
  #advance(): void {
    if (this.#waiting.length > 0) this.#open()
    while (this.#isReady && this.#running.size < widths[this.#options.engine]) {
      const task = this.#waiting.shift()
      if (!task) break
      this.#running.set(task.id, task)
      this.#thread?.post({ kind: 'plan', id: task.id, request: task.request })
    }
    this.#holdWhileBusy()
    if (this.#running.size === 0) this.#onIdle()
  }

  /** The caller is told now; a plan that is under way ends when the planner looks, or with its thread. */
  #giveUp(task: Task): void {
    const { deadlineMs, engine } = this.#options
    task.reject(fail('DEADLINE_EXCEEDED', `Planning this operation took longer than ${deadlineMs} ms.`))
    const place = this.#waiting.indexOf(task)
    if (place >= 0) this.#waiting.splice(place, 1)
    if (!this.#running.has(task.id)) {
      this.#holdWhileBusy()
      return
    }
    if (engine === 'hive') {
      this.#thread?.post({ kind: 'cancel', id: task.id })
      return
    }
    // This planner can't be stopped but with its thread; those who wait get the next one.
    void this.#drop()?.end()
    this.#running.delete(task.id)
    this.#advance()
  }
}
