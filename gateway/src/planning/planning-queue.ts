import { fail } from '@headcount/errors'
import type { EngineName } from './engine.ts'
import type { EngineHost } from './engine-host.ts'
import { KnownKillers } from './known-killers.ts'
import { openProcess } from './open-process.ts'
import { openThread } from './open-thread.ts'
import type { Plan } from './plan.ts'
import { PlanningFailed } from './planning-failed.ts'
import type { Answer, PlanRequest } from './planning-messages.ts'

interface Traits {
  /** Where it runs: a binary in a process of its own, which its panics end; a thread costs less. */
  readonly open: typeof openProcess | typeof openThread
  /**
   * How many plans are under way at once. Hive's planner takes threads of a pool of four; Apollo's has the planning
   * thread only.
   */
  readonly width: number
  /** How long a plan that is told to stop may take to, in milliseconds; then its host is ended. */
  readonly stopMs: number
}

const traits: Readonly<Record<EngineName, Traits>> = {
  hive: { open: openProcess, width: 2, stopMs: 1_000 },
  apollo: { open: openThread, width: 1, stopMs: 0 },
}

interface Task {
  readonly id: number
  readonly request: PlanRequest
  readonly resolve: (plan: Plan) => void
  readonly reject: (error: Error) => void
  /** It was under way beside another when the host ended: which of them did it shows when each runs alone. */
  isSuspect: boolean
  isGivenUp: boolean
}

export interface PlanningQueueOptions {
  readonly engine: EngineName
  readonly sdl: string
  /** Longest time for one plan, waiting for others included, in milliseconds. */
  readonly deadlineMs: number
  /** What a process of its own sees of the environment; nothing by default. */
  readonly environment?: Readonly<Record<string, string>> | undefined
  /** Told when an operation ended the planner, or could not be stopped. */
  readonly onDeath?: (reason: string, request: PlanRequest | undefined) => void
}

/** Operations that wait for one planner of another project, in a host that begins with the first need and after its end. */
export class PlanningQueue {
  readonly #options: PlanningQueueOptions
  readonly #traits: Traits
  readonly #killers = new KnownKillers()
  readonly #waiting: Task[] = []
  readonly #running = new Map<number, Task>()
  #host: EngineHost | undefined
  #isReady = false
  #lastId = 0
  #isClosed = false

  constructor(options: PlanningQueueOptions) {
    this.#options = options
    this.#traits = traits[options.engine]
  }

  /** Loads the planner. @throws PlanningFailed when it can't be loaded, or not with this supergraph */
  async start(): Promise<void> {
    const host = this.#open()
    host.hold(true)
    try {
      await host.ready
    } finally {
      this.#holdWhileBusy()
    }
  }

  /**
   * @param signal ends the planning, when another way was found meanwhile
   * @throws GraphQLError DEADLINE_EXCEEDED; PlanningFailed when there is no plan
   */
  async plan(request: PlanRequest, signal?: AbortSignal): Promise<Plan> {
    if (this.#isClosed) throw new PlanningFailed('The planner is closed.')
    if (this.#killers.has(request))
      throw new PlanningFailed('The planner died of this operation before, or could not be stopped.')
    const { promise, resolve, reject } = Promise.withResolvers<Plan>()
    const task: Task = { id: ++this.#lastId, request, resolve, reject, isSuspect: false, isGivenUp: false }
    this.#waiting.push(task)
    const timer = setTimeout(() => this.#giveUp(task, this.#tooLate()), this.#options.deadlineMs)
    const stop = () => this.#giveUp(task, new PlanningFailed('The planning was stopped.'))
    signal?.addEventListener('abort', stop)
    this.#advance()
    try {
      return await promise
    } finally {
      clearTimeout(timer)
      signal?.removeEventListener('abort', stop)
    }
  }

  /** Ends the host. What is being planned rejects. */
  async close(): Promise<void> {
    this.#isClosed = true
    const closed = new PlanningFailed('The planner is closed.')
    for (const task of [...this.#running.values(), ...this.#waiting.splice(0)]) task.reject(closed)
    this.#running.clear()
    await this.#drop()?.end()
  }

  /** The host, which is not this planner's any more. */
  #drop(): EngineHost | undefined {
    const host = this.#host
    this.#host = undefined
    this.#isReady = false
    return host
  }

  /** A host without work must not keep the process alive. */
  #holdWhileBusy(): void {
    this.#host?.hold(this.#running.size + this.#waiting.length > 0)
  }

  #open(): EngineHost {
    if (this.#host) return this.#host
    const host = this.#traits.open(this.#options, {
      onAnswer: (answer) => {
        if (this.#host === host) this.#settle(answer)
      },
      onEnd: (failure) => {
        if (this.#host === host) this.#bury(failure)
      },
    })
    this.#host = host
    const begin = () => {
      if (this.#host !== host) return
      this.#isReady = true
      this.#advance()
    }
    // That it could not load is told by `onEnd`.
    host.ready.then(begin, () => {})
    return host
  }

  #settle(answer: Answer): void {
    const task = this.#running.get(answer.id)
    this.#running.delete(answer.id)
    if (answer.kind === 'plan') task?.resolve(answer.plan)
    else task?.reject(new PlanningFailed(answer.problem))
    this.#advance()
  }

  /** Nothing is sent to a host that still loads: whoever gives up then must not end what others wait for. */
  #advance(): void {
    if (this.#waiting.length > 0) this.#open()
    while (this.#isReady && this.#hasRoom()) {
      const task = this.#waiting.shift()
      if (!task) break
      this.#running.set(task.id, task)
      this.#host?.post({ kind: 'plan', id: task.id, request: task.request })
    }
    this.#holdWhileBusy()
  }

  /** A suspect runs alone. */
  #hasRoom(): boolean {
    if (this.#running.size === 0) return true
    const isSuspected =
      this.#waiting[0]?.isSuspect || [...this.#running.values()].some((task) => task.isSuspect)
    return !isSuspected && this.#running.size < this.#traits.width
  }

  /** Takes the host for dead, and sees to what it had. */
  #bury(failure: PlanningFailed): void {
    const wasReady = this.#isReady
    this.#drop()
    const running = [...this.#running.values()]
    this.#running.clear()
    const [culprit] = running.length === 1 ? running : []
    if (culprit) this.#convict(culprit, failure)
    else if (wasReady) this.#requeue(running, { areSuspects: true })
    if (wasReady) {
      this.#options.onDeath?.(failure.message, culprit?.request)
    } else {
      // It does not load: those who wait would wait for the next one that does not.
      for (const task of this.#waiting.splice(0)) task.reject(failure)
    }
    // The next operation should not wait for the load; without one under way, it is not an operation that ended it.
    if (running.length > 0 && !this.#isClosed) this.#open()
    this.#advance()
  }

  #convict(task: Task, failure: PlanningFailed): void {
    this.#killers.add(task.request)
    task.reject(failure)
  }

  #requeue(tasks: readonly Task[], { areSuspects }: { readonly areSuspects: boolean }): void {
    const wanted = tasks.filter((task) => !task.isGivenUp)
    for (const task of wanted) task.isSuspect ||= areSuspects
    this.#waiting.unshift(...wanted)
  }

  #tooLate(): Error {
    return fail(
      'DEADLINE_EXCEEDED',
      `Planning this operation took longer than ${this.#options.deadlineMs} ms.`,
    )
  }

  /** The caller is told now; a plan that is under way ends when the planner looks, or with its host. */
  #giveUp(task: Task, reason: Error): void {
    task.isGivenUp = true
    task.reject(reason)
    const place = this.#waiting.indexOf(task)
    if (place >= 0) this.#waiting.splice(place, 1)
    if (!this.#running.has(task.id)) {
      this.#holdWhileBusy()
      return
    }
    const { stopMs } = this.#traits
    if (stopMs === 0) {
      this.#replace(task)
      return
    }
    this.#host?.post({ kind: 'cancel', id: task.id })
    setTimeout(() => {
      if (!this.#running.has(task.id)) return
      this.#killers.add(task.request)
      this.#options.onDeath?.(`A plan that was told to stop went on for ${stopMs} ms.`, task.request)
      this.#replace(task)
    }, stopMs).unref()
  }

  /** Ends the host of a plan that can't be stopped otherwise; those who wait get the next one. */
  #replace(task: Task): void {
    void this.#drop()?.end()
    this.#running.delete(task.id)
    const others = [...this.#running.values()]
    this.#running.clear()
    this.#requeue(others, { areSuspects: false })
    this.#advance()
  }
}
