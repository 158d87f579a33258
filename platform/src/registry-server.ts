import { join } from 'node:path'
import { readConfig } from '@headcount/config'
import { migrate } from '@headcount/database'
import { type Cluster, startCluster } from '@headcount/postgres'
import { createRegistry, type Registry } from '@headcount/registry'
import { registrySettings } from '@headcount/registry/config'
import { answerLive, answerMetrics, answerReady, type Route, routeByPath } from '@headcount/service'
import { type Logger, pino } from 'pino'
import { platformSettings } from './config.ts'
import { migrationsOf } from './databases.ts'
import { endAll } from './end-all.ts'
import { databaseSetting, type Environment, given } from './environment.ts'
import { listen } from './public-server.ts'
import { registryAnnouncements } from './registry-announcements.ts'
import { readSecrets } from './secrets.ts'

/** Where a registry is served that is alone. */
export interface RegistryServerOptions {
  /** TCP port; undefined = as the environment says, 0 = a free one. */
  readonly port: number | undefined
  readonly host: string
  readonly dataDirectory: string
  readonly environment: Environment
}

/** A registry that listens. */
export interface RegistryServer {
  /** Its address without a path. */
  readonly url: string
  /** Where its operator finds the token that may do everything. */
  readonly tokenPlace: string
  /** Takes no more requests, answers those who wait, finishes what is under way. */
  stop(): Promise<void>
}

const DRAIN_MS = 10_000
const basePath = '/registry'
const tokenName = 'HEADCOUNT_REGISTRY_TOKEN'

/** Starts a registry alone, with an embedded Postgres where none is named. Rejects with nothing left running when it cannot. */
export async function startRegistryServer(options: RegistryServerOptions): Promise<RegistryServer> {
  const { host, dataDirectory } = options
  const environment = given(options.environment)
  const { usageRetentionDays: days } = registrySettings
  const settings = readConfig({ ...platformSettings, usageRetentionDays: days }, environment)
  const log = pino({ level: settings.logLevel }, pino.destination({ dest: 2, sync: false }))
  const endings: (() => Promise<void> | void)[] = []
  try {
    const database =
      environment[databaseSetting('registry')] ?? (await embed({ dataDirectory, log, endings }))
    await migrate({ url: database, directory: migrationsOf('registry') })
    const adminToken = environment[tokenName] ?? readSecrets(dataDirectory)[tokenName]
    const { announce, close } = registryAnnouncements(settings.natsUrl, log)
    endings.push(close)
    const registry = await createRegistry({
      announce,
      database,
      adminToken,
      usageRetentionDays: settings.usageRetentionDays,
      log,
    })
    endings.push(() => registry.stop())
    const server = await listen(
      { answer: routesOf(registry, log), gateway: { upgrade: (_req, socket) => void socket.destroy() } },
      { host, port: options.port ?? settings.port },
    )
    endings.push(async () => {
      server.closePort()
      registry.drain()
      await server.end(DRAIN_MS)
    })
    return {
      url: `http://${host.includes(':') ? `[${host}]` : host}:${server.port}`,
      tokenPlace: environment[tokenName]
        ? tokenName
        : `${tokenName} in ${join(dataDirectory, 'secrets.json')}`,
      stop: () => endAll(endings),
    }
  } catch (error) {
    await endAll(endings)
    throw error
  }
}

async function embed({
  dataDirectory,
  log,
  endings,
}: {
  readonly dataDirectory: string
  readonly log: Logger
  readonly endings: (() => Promise<void> | void)[]
}): Promise<string> {
  const cluster: Cluster = await startCluster({ dataDirectory, log })
  endings.push(() => cluster.stop())
  return cluster.url('headcount_registry')
}

function routesOf(registry: Registry, log: Logger): Route {
  const routes = {
    '/health/live': answerLive,
    '/health/ready': answerReady(async () => registry.notReady()),
    '/metrics': answerMetrics(() => registry.metrics()),
  }
  const ofRegistry: Route = (req, res) => registry.handle(req, res, basePath)
  return routeByPath(routes, (error) => log.error({ err: error }, 'a request failed'), ofRegistry)
}
