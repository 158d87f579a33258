import { join } from 'node:path'
import { readConfig } from '@headcount/config'
import { createGateway, type Gateway } from '@headcount/gateway'
import type { Serving, Whole } from '@headcount/gateway/workers'
import type { Logger } from 'pino'
import { deployInProcess } from './all-in-one.ts'
import { platformSettings } from './config.ts'
import type { Deployment } from './deployment.ts'
import { endAll } from './end-all.ts'
import type { Environment } from './environment.ts'
import { mergeMetrics } from './merge-metrics.ts'
import { type OwnRegistry, openOwnRegistry } from './own-registry.ts'
import { publicRoutes } from './public-routes.ts'
import { listen } from './public-server.ts'
import { reportsOf } from './reports.ts'
import { reachServices } from './separate.ts'
import type { Tls } from './tls.ts'

/** What is served, and where. */
export interface ServeOptions {
  /** Complete: the addresses of databases that are up to date, of queue, pub/sub and services where they are needed, and secrets. */
  readonly environment: Environment
  readonly dataDirectory: string
  readonly host: string
  /** TCP port; undefined = as the environment says, 0 = a free one. */
  readonly port: number | undefined
  readonly tls: Tls | undefined
  /** Whether the five services are made here, or are reached in processes of their own. */
  readonly services: 'all-in-one' | 'separate'
  readonly log: Logger
}

const DRAIN_MS = 10_000

/**
 * Serves the platform in this process, one of several where `whole` is given. Everything that is there once, databases
 * above all, is there already. Rejects, with nothing left running, when it cannot.
 */
export async function serve(options: ServeOptions, whole: Whole | undefined): Promise<Serving> {
  const { environment, services, log } = options
  const endings: (() => Promise<void> | void)[] = []
  try {
    const deployment =
      services === 'separate' ? reachServices(environment, log) : await deployInProcess(environment, log)
    endings.push(() => deployment.stop())
    // The registry knows people by the gateway, which knows its graph by the registry.
    let gateway: Gateway | undefined
    const own = await openOwnRegistry({
      environment,
      viewerOf: async (headers) => gateway?.viewerOf(headers),
      log,
    })
    endings.push(() => own.stop())
    const served = await openGateway(options, deployment, own)
    gateway = served
    endings.push(() => served.close())
    // After the gateway has loaded its graph, which keeps this process busy for a second: timed work would miss its time.
    await deployment.start()
    const metrics = async () => mergeMetrics(await Promise.all([served.metrics(), own.registry.metrics()]))
    const reports = reportsOf({ gateway: { metrics, problems: served.problems }, deployment, whole })
    const authority = options.tls?.authority?.cert
    const { port = readConfig(platformSettings, environment).port } = options
    const server = await listen(
      {
        answer: publicRoutes({
          gateway: served,
          registry: own.registry,
          reports: reports.all,
          log,
          authority,
        }),
        gateway: served,
      },
      { host: options.host, port, tls: options.tls },
    )
    endings.push(async () => {
      const until = performance.now() + DRAIN_MS
      server.closePort()
      own.registry.drain()
      await served.drain(DRAIN_MS)
      await server.end(until - performance.now())
    })
    return { port: server.port, ...reports.own, stop: () => endAll(endings) }
  } catch (error) {
    await endAll(endings)
    throw error
  }
}

function openGateway(
  { environment, dataDirectory, log }: ServeOptions,
  { placements, jwks, topics }: Deployment,
  { registry, supergraph, usage }: OwnRegistry,
): Promise<Gateway> {
  const { redisUrl, corsOrigins, documents, isUsageCounted } = readConfig(platformSettings, environment)
  return createGateway({
    supergraph: { feed: supergraph },
    trustedDocuments: { source: { feed: registry.documents() }, mode: documents },
    usage: isUsageCounted ? { sink: usage } : undefined,
    subgraphs: placements,
    authentication: {
      keys: jwks,
      issuer: 'headcount',
      audience: 'headcount',
      keysFile: join(dataDirectory, 'jwks.json'),
    },
    viewerSecret: environment.HEADCOUNT_VIEWER_SECRET,
    topics,
    redisUrl,
    corsOrigins,
    introspection: true,
    log,
  })
}
