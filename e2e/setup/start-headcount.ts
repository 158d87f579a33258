import { setTimeout as sleep } from 'node:timers/promises'
import { request } from 'undici'
import type { DatabaseName, Home } from './home.ts'
import type { Ending } from './launch.ts'
import type { Mode } from './modes.ts'
import { startProgram } from './start-program.ts'

/** How a platform is started. */
export interface StartOptions {
  readonly home: Home
  readonly services: Mode
  /** Processes that share the port; default 1. */
  readonly workers?: number
  /** Default: a free one. */
  readonly port?: number
  /** Whether the demo is loaded, and whether its people arrive. Default: no demo. */
  readonly demo?: 'still' | 'simulated'
  /** Settings beside those of the home. */
  readonly environment?: Readonly<Record<string, string>>
}

/** A line of a platform's log. */
export interface LogLine {
  /** 30 = info, 40 = warn, 50 = error. */
  readonly level: number
  readonly msg: string
}

/** A platform that runs: the real program, in processes of its own. */
export interface Headcount {
  /** Its public address, without a slash at the end. */
  readonly url: string
  readonly port: number
  /** When it said that it is ready; milliseconds since 1970. */
  readonly readyAt: number
  /** Process of the platform itself. */
  readonly pid: number
  readonly home: Home
  databaseUrl(name: DatabaseName): string
  /** Everything that it has printed so far. */
  output(): string
  /** Its log so far, errors and what is worse. */
  errors(): LogLine[]
  /** kill −9 of the platform's own process; what it started is left as it is. */
  kill(): Promise<void>
  /** From here on nobody reads what it prints. */
  deafen(): void
  /** Signals the platform's process group, as a terminal does; does not wait. */
  signalGroup(name: NodeJS.Signals): void
  /** Ctrl-C; resolves when it has ended. */
  stop(): Promise<Ending>
  readonly ended: Promise<Ending>
}

const READY_MS = 90_000
const READY = /Headcount is ready\..*?GraphQL\s+(https?:\/\/[^\s/]+)\/graphql.*Ctrl-C stops everything/s

/** Starts the whole platform and resolves when it says that it is ready. */
export async function startHeadcount(options: StartOptions): Promise<Headcount> {
  const { home, services, workers, port = 0, demo, environment } = options
  const words = ['up', '--port', String(port), '--data', home.dataDirectory, '--services', services]
  if (workers !== undefined) words.push('--workers', String(workers))
  if (demo) words.push('--demo')
  if (demo === 'still') words.push('--no-simulation')
  const started = await startProgram(
    { words, environment: { ...home.environment, ...environment }, folder: home.folder },
    READY,
  )
  const { output, ended } = started
  const url = started.ready[1] ?? ''
  return {
    url,
    port: Number(new URL(url).port),
    readyAt: Date.now(),
    pid: started.pid,
    home,
    databaseUrl: home.databaseUrl,
    output,
    errors: () => logOf(output()).filter(({ level }) => level >= 50),
    async kill() {
      started.signal('SIGKILL')
      await ended
    },
    signalGroup: started.signalGroup,
    deafen: started.deafen,
    stop: started.stop,
    ended,
  }
}

/** Resolves when the platform says that all of it is ready. */
export async function untilReady({ url }: Pick<Headcount, 'url'>): Promise<void> {
  const until = performance.now() + READY_MS
  for (;;) {
    const { statusCode, body } = await request(`${url}/health/ready`)
    const text = await body.text()
    if (statusCode === 200) return
    if (performance.now() > until) throw new Error(`Not ready: ${text}`)
    await sleep(50)
  }
}

function logOf(output: string): LogLine[] {
  return output
    .split('\n')
    .filter((line) => line.startsWith('{"level":'))
    .map((line) => JSON.parse(line))
}
