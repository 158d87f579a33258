import cluster from 'node:cluster'
import type { Logger } from 'pino'
import { superviseWorkers } from './supervise-workers.ts'
import { runWorker, type Serve } from './worker.ts'

export type { Serve, Serving, Whole } from './worker.ts'

/** What {@link startWorkers} needs. */
export interface WorkerOptions {
  /** Processes that share the port; 1 = this one alone, and no other is started. */
  readonly count: number
  readonly serve: Serve
  readonly log: Logger
  /** How long a worker may take to finish when it is told to stop, in milliseconds; then it is killed. */
  readonly stopMs: number
  /** Added to the environment of workers: what this process has prepared for them. */
  readonly environment?: Readonly<Record<string, string | undefined>> | undefined
  /** Tells by its name a gauge that every worker reads from the same place, as a database: the largest one counts. */
  readonly isSharedGauge?: ((name: string) => boolean) | undefined
}

/** What was started. */
export interface Started {
  readonly port: number
  /** Finishes what is under way and ends all of it. */
  stop(): Promise<void>
}

/**
 * Serves in this process, or in several that run this same program with these same arguments. A program calls it once,
 * on its way to serving: there, in a worker, it serves until the parent says stop, and answers undefined.
 *
 * @throws Error with the reason when it cannot serve; then nothing is left running
 */
export async function startWorkers({ serve, ...options }: WorkerOptions): Promise<Started | undefined> {
  if (cluster.isWorker) {
    await runWorker(serve)
    return undefined
  }
  return options.count === 1 ? serve(undefined) : superviseWorkers(options)
}
