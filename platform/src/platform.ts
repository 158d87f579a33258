import { mkdirSync } from 'node:fs'
import { readConfig } from '@headcount/config'
import { type Serve, startWorkers } from '@headcount/gateway/workers'
import { type Logger, pino } from 'pino'
import { startBusServers } from './bus-servers.ts'
import { checkStart } from './check-start.ts'
import { platformSettings } from './config.ts'
import { migrateDatabases, startDatabases } from './databases.ts'
import { endAll } from './end-all.ts'
import { completeEnvironment, type Environment, given } from './environment.ts'
import type { Progress } from './progress.ts'
import { readSecrets } from './secrets.ts'
import { startServices } from './separate.ts'
import type { ServeOptions } from './serve.ts'
import type { Tls } from './tls.ts'

/** How a platform is started. */
export interface PlatformOptions {
  /** The operator's settings. */
  readonly environment: Environment
  /** Where everything is kept that the platform keeps itself. */
  readonly dataDirectory: string
  /** Address to listen at. */
  readonly host: string
  /** TCP port; undefined = as the environment says, 0 = a free one. */
  readonly port?: number | undefined
  /** Speaks TLS where given. */
  readonly tls?: Tls | undefined
  /** All services in the processes of the gateway, or each in its own. */
  readonly services: 'all-in-one' | 'separate'
  /**
   * Processes that share the port; default 1 = this one alone. Of more, each is this same program with the same
   * arguments, and must call {@link serveAsWorker}.
   */
  readonly workers?: number | undefined
  readonly progress: Progress
}

/** A platform that runs. */
export interface Platform {
  /** Its address from this machine, without a slash at the end. */
  readonly url: string
  /** Its port. */
  readonly port: number
  /** The environment that its services got: with the addresses of its databases and its secrets. */
  readonly environment: Environment
  readonly log: Logger
  /** Finishes what is under way and stops everything that was started. May be called twice. */
  stop(): Promise<void>
}

// Every worker tells the same of these.
const sharedGauges =
  /^headcount_(?:outbox_\w+|gateway_trusted_documents|registry_(?:live_version|listening))$/

// More than draining and the longest end of a service take together.
const STOP_MS = 30_000

/**
 * Starts the whole platform: databases, services, gateway and page. Resolves when it is ready; rejects, with nothing
 * left running, when something is missing, and says all that is.
 */
export async function startPlatform(options: PlatformOptions): Promise<Platform> {
  const { dataDirectory, host, port, tls, services, workers = 1, progress } = options
  await checkStart(options)
  const log = logOf(options.environment)
  mkdirSync(dataDirectory, { recursive: true })
  const endings: (() => Promise<void> | void)[] = []
  let stopping: Promise<void> | undefined
  const stop = () => {
    stopping ??= endAll(endings)
    return stopping
  }
  // Loaded while the databases start, which is other processes' work. What fails here fails again where it is needed.
  if (workers === 1) loadServing().catch(() => {})
  try {
    const environment = await prepare({ ...options, workers, log, endings })
    progress.step(workers === 1 ? 'Starting the services' : `Starting ${workers} workers`)
    const started = await startWorkers({
      count: workers,
      serve: serveBy({ environment, dataDirectory, host, port, tls, services, log }),
      log,
      stopMs: STOP_MS,
      environment,
      isSharedGauge: (name) => sharedGauges.test(name),
    })
    if (!started) throw new Error('A worker is no platform of its own.')
    endings.push(() => started.stop())
    progress.done(`Services: ${services}`)
    const isEverywhere = host === '0.0.0.0' || host === '::'
    const url = `${tls ? 'https' : 'http'}://${isEverywhere ? '127.0.0.1' : host}:${started.port}`
    progress.done(`Gateway at ${url}/graphql${workers === 1 ? '' : ` by ${workers} processes`}`)
    return { url, port: started.port, environment, log, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

/** One of the several processes of a platform: serves until its parent says stop. What is there once, the parent has made. */
export async function serveAsWorker(options: Omit<ServeOptions, 'log'>): Promise<void> {
  const environment = given(options.environment)
  const log = logOf(environment)
  const serve = serveBy({ ...options, environment, log })
  await startWorkers({ count: 1, serve, log, stopMs: STOP_MS })
}

/** Only where it serves: it takes a second and 100 MB, which a parent of workers does without. */
const loadServing = () => import('./serve.ts')

function serveBy(options: ServeOptions): Serve {
  return async (whole) => (await loadServing()).serve(options, whole)
}

function logOf(environment: Environment): Logger {
  const { logLevel } = readConfig(platformSettings, given(environment))
  return pino({ level: logLevel }, pino.destination({ dest: 2, sync: false }))
}

interface Preparation extends PlatformOptions {
  readonly workers: number
  readonly log: Logger
  /** Gets what ends each thing that was started. */
  readonly endings: (() => Promise<void> | void)[]
}

/** Starts what is there once, whatever serves: databases, queue and pub/sub, services in processes of their own. */
async function prepare(preparation: Preparation): Promise<Environment> {
  const { dataDirectory, services, workers, log, progress, endings } = preparation
  const secrets = readSecrets(dataDirectory)
  const cluster = await startDatabases(preparation.environment, { dataDirectory, log, progress })
  if (cluster) endings.push(() => cluster.stop())
  const base = completeEnvironment(preparation.environment, { secrets, cluster, workers })
  await migrateDatabases(base, progress)
  if (services === 'all-in-one' && workers === 1) return base
  const bus = await startBusServers(base, { dataDirectory, progress })
  endings.push(() => bus.stop())
  const connected = { ...base, ...bus.environment }
  if (services === 'all-in-one') return connected
  const running = await startServices(connected, { log, progress })
  endings.push(() => running.stop())
  return { ...connected, ...running.environment }
}
