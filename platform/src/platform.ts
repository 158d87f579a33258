import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { readConfig } from '@headcount/config'
import { createGateway } from '@headcount/gateway'
import { type Logger, pino } from 'pino'
import { deployInProcess } from './all-in-one.ts'
import { checkStart } from './check-start.ts'
import { platformSettings } from './config.ts'
import { migrateDatabases, startDatabases } from './databases.ts'
import { completeEnvironment, type Environment } from './environment.ts'
import type { Progress } from './progress.ts'
import { publicRoutes } from './public-routes.ts'
import { listen } from './public-server.ts'
import { readSecrets } from './secrets.ts'
import { deploySeparately } from './separate.ts'
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
  /** All services in this process, or each in its own. */
  readonly services: 'all-in-one' | 'separate'
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

const DRAIN_MS = 10_000
const supergraphFile = fileURLToPath(new URL('../../schema/supergraph.graphql', import.meta.url))

/**
 * Starts the whole platform: databases, services, gateway and page. Resolves when it is ready; rejects, with nothing
 * left running, when something is missing, and says all that is.
 */
export async function startPlatform(options: PlatformOptions): Promise<Platform> {
  const { dataDirectory, progress } = options
  await checkStart(options)
  const settings = readConfig(platformSettings, options.environment)
  const log = pino({ level: settings.logLevel }, pino.destination({ dest: 2, sync: false }))
  mkdirSync(dataDirectory, { recursive: true })
  const secrets = readSecrets(dataDirectory)
  const endings: (() => Promise<void> | void)[] = []
  let stopping: Promise<void> | undefined
  const stop = () => {
    stopping ??= endAll(endings)
    return stopping
  }
  try {
    const cluster = await startDatabases(options.environment, { dataDirectory, log, progress })
    if (cluster) endings.push(() => cluster.stop())
    const environment = completeEnvironment(options.environment, { secrets, cluster })
    await migrateDatabases(environment, progress)
    progress.step('Starting the services')
    const deployment =
      options.services === 'separate'
        ? await deploySeparately(environment, { dataDirectory, log, progress })
        : await deployInProcess(environment, log)
    endings.push(() => deployment.stop())
    progress.done(`Services: ${options.services}`)
    const gateway = await createGateway({
      supergraph: { file: supergraphFile },
      subgraphs: deployment.placements,
      authentication: {
        keys: deployment.jwks,
        issuer: 'headcount',
        audience: 'headcount',
        keysFile: join(dataDirectory, 'jwks.json'),
      },
      viewerSecret: environment.HEADCOUNT_VIEWER_SECRET,
      topics: deployment.topics,
      redisUrl: settings.redisUrl,
      corsOrigins: settings.corsOrigins,
      introspection: true,
      log,
    })
    endings.push(() => gateway.close())
    // After the gateway has loaded its graph, which keeps this process busy for a second: timed work would miss its time.
    await deployment.start()
    const server = await listen(
      {
        answer: publicRoutes({ gateway, deployment, log, authority: options.tls?.authority?.cert }),
        gateway,
      },
      { host: options.host, port: options.port ?? settings.port, tls: options.tls },
    )
    endings.push(async () => {
      server.stopListening()
      await gateway.drain(DRAIN_MS)
      server.close()
    })
    const isEverywhere = options.host === '0.0.0.0' || options.host === '::'
    const url = `${options.tls ? 'https' : 'http'}://${isEverywhere ? '127.0.0.1' : options.host}:${server.port}`
    progress.done(`Gateway at ${url}/graphql`)
    return { url, port: server.port, environment, log, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

/** Ends what was started, the last first. One that fails does not keep the others from ending. */
async function endAll(endings: readonly (() => Promise<void> | void)[]): Promise<void> {
  const failures: unknown[] = []
  for (const end of endings.toReversed()) {
    try {
      await end()
    } catch (error) {
      failures.push(error)
    }
  }
  if (failures.length > 0) throw new AggregateError(failures, 'Not everything could be stopped.')
}
