import { type ChildProcess, spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { Logger } from 'pino'
import { folderOf, type ServiceName } from './domain-services.ts'
import type { Environment } from './environment.ts'

const STOP_MS = 20_000
const LONGEST_PAUSE_MS = 5000

/** A service in a process of its own, started again when it dies. */
export interface Child {
  /** Its process id now; undefined between a death and the next start. */
  pid(): number | undefined
  /** Asks it to finish and waits; ends it after 20 s. */
  stop(): Promise<void>
}

/** What {@link superviseService} needs. */
export interface ChildOptions {
  readonly name: ServiceName
  readonly environment: Environment
  readonly log: Logger
}

/**
 * Runs a service as a process of its own, in a session of its own so that Ctrl-C reaches the platform alone. When it
 * dies it is started again after a pause that grows with each death in a row. The channel between the two tells the
 * service when the platform itself was killed.
 */
export function superviseService({ name, environment, log }: ChildOptions): Child {
  let process: ChildProcess | undefined
  let isStopping = false
  let deaths = 0
  let restart: NodeJS.Timeout | undefined

  function start(): void {
    const startedAt = performance.now()
    const child = spawn(
      globalThis.process.execPath,
      [fileURLToPath(new URL('src/main.ts', folderOf(name)))],
      {
        env: environment,
        detached: true,
        // A service logs to its standard output; here that is for people, and logs go where the platform's own go.
        stdio: ['ignore', 2, 2, 'ipc'],
      },
    )
    process = child
    const died = (how: Readonly<Record<string, unknown>>) => {
      process = undefined
      if (isStopping) return
      deaths = performance.now() - startedAt > LONGEST_PAUSE_MS ? 1 : deaths + 1
      const pauseMs = Math.min(LONGEST_PAUSE_MS, 100 * 2 ** deaths) * (0.5 + Math.random() / 2)
      log.error({ service: name, ...how, pauseMs: Math.round(pauseMs) }, 'a service died; starting it again')
      restart = setTimeout(start, pauseMs)
    }
    child.once('exit', (code, signal) => died({ code, signal }))
    // One that never began has no exit.
    child.on('error', (error) => {
      if (child.pid === undefined) died({ error: error.message })
      else log.error({ service: name, error: error.message }, 'a service could not be reached')
    })
  }

  start()
  return {
    pid: () => process?.pid,
    async stop() {
      isStopping = true
      clearTimeout(restart)
      const child = process
      if (!child) return
      const gone = new Promise((resolve) => child.once('exit', resolve))
      child.kill('SIGTERM')
      const timer = setTimeout(() => child.kill('SIGKILL'), STOP_MS)
      await gone
      clearTimeout(timer)
    },
  }
}
