import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Cluster, startCluster } from '@headcount/postgres'
import { startNats, startValkey } from '@headcount/servers'
import { request } from 'undici'
import { databaseNames, type Home, makeEmbeddedHome, serviceNames } from '../setup/home.ts'
import { type Headcount, type LogLine, startHeadcount } from '../setup/start-headcount.ts'

/** What can be killed. `gateway` is one of the two processes that serve, `platform` the one that looks after all. */
export const machines = ['gateway', 'platform', ...serviceNames, 'postgres', 'nats', 'valkey'] as const
/** Name of a machine. */
export type MachineName = (typeof machines)[number]

/** The servers that a service manager keeps running: they are not started again by the platform. */
type ManagedServer = 'nats' | 'valkey'

/** A whole platform with its servers, as an operator runs it. */
export interface MachineRoom {
  readonly home: Home
  readonly url: string
  databaseUrl: Home['databaseUrl']
  /** The processes of a machine now; of `gateway` those of all that serve. */
  pidsOf(name: MachineName): number[]
  /** Signals a machine: of `postgres`, `nats` and `valkey` all processes together. */
  signal(name: MachineName, signal: NodeJS.Signals): void
  /** Signals some of its processes; those that have gone meanwhile are passed over. */
  signalEach(pids: readonly number[], signal: NodeJS.Signals): void
  /** Starts again what the platform does not start again by itself, as a service manager does. */
  restart(name: MachineName): Promise<void>
  /** Resolves when the platform says that all of it is ready. */
  untilReady(): Promise<void>
  /** All that the platform has logged as an error, with how often. */
  errors(): Map<string, number>
  close(): Promise<void>
}

const WORKERS = 2
const READY_MS = 60_000
const POLL_MS = 50
/** How long a service manager tries to start Postgres again, and how long it pauses between. */
const RESTART_MS = 30_000
const RESTART_PAUSE_MS = 500
/** No run may outlast the tokens of its devices. */
const TOKEN_SECONDS = 7200

/** Starts everything: Postgres, NATS and Valkey beside the platform, with each service in a process of its own. */
export async function openMachineRoom(): Promise<MachineRoom> {
  const home = makeEmbeddedHome()
  const running: Running = { past: [] }
  try {
    await startAll(home, running)
    return roomOf(home, running)
  } catch (error) {
    await closeAll(home, running)
    throw error
  }
}

interface Running {
  cluster?: Cluster
  nats?: Awaited<ReturnType<typeof startNats>>
  valkey?: Awaited<ReturnType<typeof startValkey>>
  headcount?: Headcount
  /** Those that ended. */
  readonly past: Headcount[]
}

const starts = { nats: startNats, valkey: startValkey }

async function startAll(home: Home, running: Running): Promise<void> {
  running.cluster = await startCluster({ dataDirectory: home.dataDirectory })
  running.nats = await startNats({ directory: join(home.folder, 'nats') })
  running.valkey = await startValkey({ directory: join(home.folder, 'valkey') })
  running.headcount = await startHeadcount(startOptions(home, running))
}

function startOptions(home: Home, { cluster, nats, valkey, headcount }: Running) {
  const databases = databaseNames.map((name) => [
    `DATABASE_URL_${name.toUpperCase()}`,
    cluster?.url(`headcount_${name}`) ?? '',
  ])
  return {
    home,
    services: 'separate' as const,
    workers: WORKERS,
    port: headcount?.port ?? 0,
    environment: {
      ...Object.fromEntries(databases),
      NATS_URL: nats?.url ?? '',
      REDIS_URL: valkey?.url ?? '',
      HEADCOUNT_ACCESS_TOKEN_SECONDS: String(TOKEN_SECONDS),
      // Two dozen devices do the work of a hundred, and in the end send everything again at once.
      HEADCOUNT_GATES_DEVICE_BUDGET: '0',
    },
  }
}

function roomOf(home: Home, running: Running): MachineRoom {
  const url = running.headcount?.url ?? ''
  return {
    home,
    url,
    databaseUrl: home.databaseUrl,
    pidsOf: (name) => pidsOf(home, running, name),
    signal(name, signal) {
      sendAll(pidsOf(home, running, name), signal)
    },
    signalEach: sendAll,
    restart: (name) => restart(home, running, name),
    untilReady: () => untilReady(url),
    errors: () => errorsOf([...running.past, ...(running.headcount ? [running.headcount] : [])]),
    close: () => closeAll(home, running),
  }
}

function pidsOf(home: Home, running: Running, name: MachineName): number[] {
  if (name === 'platform') return running.headcount ? [running.headcount.pid] : []
  // Servers run below a shell that leads a group of their own.
  if (name === 'nats' || name === 'valkey') return running[name] ? [-running[name].pid] : []
  const parts: Partial<Record<MachineName, string>> = {
    gateway: 'platform/src/main.ts up',
    postgres: 'postgres',
  }
  const part = parts[name] ?? `subgraphs/${name}/`
  return (
    home
      .processes()
      .filter(({ command, pid }) => command.includes(part) && pid !== running.headcount?.pid)
      // The postmaster before its children, which have no options.
      .sort((a, b) => Number(b.command.includes(' -D ')) - Number(a.command.includes(' -D ')))
      .map(({ pid }) => pid)
  )
}

function sendAll(pids: readonly number[], signal: NodeJS.Signals): void {
  for (const pid of pids) {
    try {
      process.kill(pid, signal)
    } catch {
      // Gone by itself.
    }
  }
}

async function restart(home: Home, running: Running, name: MachineName): Promise<void> {
  if (name === 'postgres') {
    await restartPostgres(home, running)
  } else if (name === 'platform') {
    await running.headcount?.ended
    if (running.headcount) running.past.push(running.headcount)
    running.headcount = await startHeadcount(startOptions(home, running))
  } else if (name === 'nats' || name === 'valkey') {
    await restartServer(home, running, name)
  }
}

/** As a service manager does: what does not start, since something of it is still ending, is started again a little later. */
async function restartPostgres(home: Home, running: Running): Promise<void> {
  const { port } = running.cluster ?? {}
  const until = performance.now() + RESTART_MS
  for (;;) {
    try {
      await running.cluster?.stop()
      running.cluster = await startCluster({ dataDirectory: home.dataDirectory })
      if (running.cluster.port === port) return
      throw new Error(`Postgres came back on another port than ${port}.`)
    } catch (error) {
      if (performance.now() >= until) throw error
      await sleep(RESTART_PAUSE_MS)
    }
  }
}

async function restartServer(home: Home, running: Running, name: ManagedServer): Promise<void> {
  const { port } = running[name] ?? {}
  await running[name]?.stop()
  const options = { directory: join(home.folder, name), ...(port !== undefined && { port }) }
  running[name] = await starts[name](options)
}

async function untilReady(url: string): Promise<void> {
  const until = performance.now() + READY_MS
  let said = 'it did not answer'
  while (performance.now() < until) {
    try {
      const { statusCode, body } = await request(`${url}/health/ready`, { headersTimeout: 2000 })
      said = await body.text()
      if (statusCode === 200) return
    } catch (error) {
      said = error instanceof Error ? error.message : String(error)
    }
    await sleep(POLL_MS)
  }
  throw new Error(`The platform did not become ready again within ${READY_MS / 1000} s: ${said}`)
}

function errorsOf(headcounts: readonly Headcount[]): Map<string, number> {
  const counts = new Map<string, number>()
  const lines: readonly (LogLine & { readonly err?: { readonly message?: string } })[] = headcounts.flatMap(
    (headcount) => headcount.errors(),
  )
  for (const { msg, err } of lines) {
    const said = err?.message === undefined ? msg : `${msg}: ${err.message}`
    counts.set(said, (counts.get(said) ?? 0) + 1)
  }
  return counts
}

async function closeAll(home: Home, running: Running): Promise<void> {
  try {
    await running.headcount?.stop()
  } finally {
    await Promise.all([running.nats?.stop(), running.valkey?.stop()])
    await running.cluster?.stop()
    await home.remove()
  }
}
