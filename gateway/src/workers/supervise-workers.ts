import cluster, { type Worker } from 'node:cluster'
import type { Logger } from 'pino'
import { isMessage, Line, type Message, type Questions } from './messages.ts'
import type { WorkerOptions } from './start-workers.ts'
import { countersOf, sumMetrics } from './sum-metrics.ts'

/** What {@link superviseWorkers} needs. */
export type SuperviseOptions = Omit<WorkerOptions, 'serve'>

/** Workers that serve. */
export interface Workers {
  /** The port that they share. */
  readonly port: number
  /** Lets all finish what is under way, and waits until they are gone. */
  stop(): Promise<void>
}

const longestPauseMs = 5_000
const askLimitMs = 2_000

/** How a process ended. */
interface Death {
  readonly how: string
  /** Whether it had served. */
  readonly wasReady: boolean
  readonly startedAt: number
}

/** A worker's place: the process in it changes when one dies. */
class Seat {
  readonly #number: number
  readonly #pool: Pool
  #worker: Worker | undefined
  #line = new Line(() => {})
  #isReady = false
  #metrics = ''
  #deaths = 0
  #pause: NodeJS.Timeout | undefined

  constructor(number: number, pool: Pool) {
    this.#number = number
    this.#pool = pool
  }

  /** Starts a process here. Resolves to its port when it serves; rejects when it ends before. */
  start(): Promise<number> {
    const startedAt = performance.now()
    return new Promise((resolve, reject) => {
      let reason: string | undefined
      const end = (how: string) => {
        const wasReady = this.#isReady
        this.#leave()
        reject(new Error(reason ?? `A worker did not start: ${how}.`))
        if (this.#pool.isSettled && !this.#pool.isStopping) {
          this.#startAgain({ how: reason ?? how, wasReady, startedAt })
        }
      }
      const worker = this.#fork(end)
      worker?.on('message', (message: unknown) => {
        if (!isMessage(message)) return
        if (message.kind === 'failed') reason = message.reason
        if (message.kind === 'ready') {
          this.#isReady = true
          resolve(message.port)
        }
        this.#hear(message)
      })
      worker?.once('exit', (code, signal) => end(`it ended with ${signal || code}`))
    })
  }

  /** A process that the system does not let come into being is told of by no exit: by an error, or by a throw. */
  #fork(onFailed: (how: string) => void): Worker | undefined {
    try {
      const worker = cluster.fork(this.#pool.environment)
      worker.on('error', (error) => {
        if (worker.process.pid === undefined) onFailed(error.message)
        // A write to one that has just died fails; its exit tells the rest.
        else this.#pool.log.debug({ err: error }, 'a worker could not be told')
      })
      this.#worker = worker
      this.#line = new Line((message) => this.#send(message))
      return worker
    } catch (error) {
      onFailed(error instanceof Error ? error.message : String(error))
      return undefined
    }
  }

  /** The process here has ended; what it has counted stays. */
  #leave(): void {
    this.#isReady = false
    this.#worker = undefined
    this.#pool.keep(this.#metrics)
    this.#metrics = ''
  }

  #startAgain({ how, wasReady, startedAt }: Death): void {
    const livedLong = wasReady && performance.now() - startedAt > longestPauseMs
    this.#deaths = livedLong ? 1 : this.#deaths + 1
    const pauseMs = Math.min(longestPauseMs, 100 * 2 ** this.#deaths) * (0.5 + Math.random() / 2)
    this.#pool.restarts++
    this.#pool.log.error(
      { worker: this.#number, reason: how, pauseMs: Math.round(pauseMs) },
      'a worker died; starting it again',
    )
    // Its end is told by its own exit, so the promise has nobody else to tell.
    this.#pause = setTimeout(() => void this.start().catch(() => {}), pauseMs)
  }

  #send(message: Message): void {
    if (this.#worker?.isConnected()) this.#worker.send(message)
  }

  #hear(message: Message): void {
    if (message.kind === 'answer') this.#line.take(message.id, message.answer)
    if (message.kind === 'ask') void this.#answer(message.id, message.question)
  }

  async #answer(id: number, question: keyof Questions): Promise<void> {
    this.#send({ kind: 'answer', id, answer: await this.#pool[question]() })
  }

  /** Prometheus text of the process here, as it last told; empty while it has told none. */
  get metrics(): string {
    return this.#metrics
  }

  /** Asks the process here for its numbers. */
  async askMetrics(): Promise<void> {
    const worker = this.#worker
    const text = this.#isReady ? await this.#line.ask('metrics', askLimitMs) : undefined
    // An answer of one that has ended meanwhile would count twice, and without an answer the last one stands.
    if (text !== undefined && worker === this.#worker) this.#metrics = text
  }

  async problems(): Promise<readonly string[]> {
    const found = this.#isReady ? await this.#line.ask('problems', askLimitMs) : ['starting']
    return (found ?? ['no answer']).map((problem) => `worker ${this.#number}: ${problem}`)
  }

  /** Ends the process here, by message, and by force when that takes too long; 0 = at once. */
  async end(limitMs: number): Promise<void> {
    clearTimeout(this.#pause)
    const worker = this.#worker
    if (!worker) return
    const gone = new Promise((resolve) => worker.once('exit', resolve))
    this.#send({ kind: 'stop' })
    const timer = setTimeout(() => worker.process.kill('SIGKILL'), limitMs)
    await gone
    clearTimeout(timer)
  }
}

/** All seats together. */
class Pool {
  readonly log: Logger
  readonly environment: WorkerOptions['environment']
  readonly seats: readonly Seat[]
  readonly #isSharedGauge: WorkerOptions['isSharedGauge']
  /** Whether all have served once: from then on a death is mended, not told. */
  isSettled = false
  isStopping = false
  restarts = 0
  /** Counters of those that have ended: without them the sum would fall, which Prometheus takes for a new start from 0. */
  #ended = ''

  constructor(options: SuperviseOptions) {
    this.log = options.log
    this.environment = options.environment
    this.#isSharedGauge = options.isSharedGauge
    this.seats = Array.from({ length: options.count }, (_, index) => new Seat(index + 1, this))
  }

  /** Keeps what a worker has counted that has ended, as it last told. */
  keep(metrics: string): void {
    this.#ended = sumMetrics([this.#ended, countersOf(metrics)], this.#isSharedGauge)
  }

  async metrics(): Promise<string> {
    await Promise.all(this.seats.map((seat) => seat.askMetrics()))
    // Read in one go: a worker that ends goes over from one part to the other.
    const texts = [...this.seats.map((seat) => seat.metrics), this.#ended]
    const own = [
      '# HELP headcount_gateway_workers Processes that share the port.',
      '# TYPE headcount_gateway_workers gauge',
      `headcount_gateway_workers ${this.seats.length}`,
      '',
      '# HELP headcount_gateway_worker_restarts_total Workers that died and were started again.',
      '# TYPE headcount_gateway_worker_restarts_total counter',
      `headcount_gateway_worker_restarts_total ${this.restarts}`,
      '',
    ]
    return `${sumMetrics(texts, this.#isSharedGauge)}\n${own.join('\n')}`
  }

  async problems(): Promise<readonly string[]> {
    return (await Promise.all(this.seats.map((seat) => seat.problems()))).flat()
  }

  async end(limitMs: number): Promise<void> {
    this.isStopping = true
    await Promise.all(this.seats.map((seat) => seat.end(limitMs)))
  }
}

/**
 * Starts this very program again, as workers that share one port, and keeps them running. Connections are dealt out in
 * turn by this process, which has no part in the requests on them. Should it be killed, its workers end by themselves:
 * the channel to it breaks. A connection that is dealt to a worker in the moment of its death may stay unanswered.
 *
 * @throws Error with the reason when one of them cannot start; then none is left
 */
export async function superviseWorkers(options: SuperviseOptions): Promise<Workers> {
  // Why not SO_REUSEPORT: docs/decisions/workers-deal-connections.md
  cluster.schedulingPolicy = cluster.SCHED_RR
  const pool = new Pool(options)
  try {
    const [port = 0] = await Promise.all(pool.seats.map((seat) => seat.start()))
    pool.isSettled = true
    return { port, stop: () => pool.end(options.stopMs) }
  } catch (error) {
    await pool.end(0)
    throw error
  }
}
