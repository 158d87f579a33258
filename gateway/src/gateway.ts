import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'
import type { Viewer } from '@headcount/access'
import type { JSONWebKeySet } from 'jose'
import { createAuthentication } from './authentication/authentication.ts'
import { ClientNames } from './client-names.ts'
import { Flights } from './deduplication/flights.ts'
import { forwardedHeaders } from './deduplication/forwarded.ts'
import type { Parts } from './exchange.ts'
import { defaultLimits, type Limits } from './limits.ts'
import { Live } from './live/live.ts'
import { createMetrics, type Metrics } from './metrics.ts'
import { publishCaches } from './observability/publish-caches.ts'
import { publishLive } from './observability/publish-live.ts'
import { publishSubgraphs } from './observability/publish-subgraphs.ts'
import { publishSupergraph } from './observability/publish-supergraph.ts'
import { publishTrust } from './observability/publish-trust.ts'
import { publishUsage } from './observability/publish-usage.ts'
import { type PersistedDocuments, persistedDocuments } from './operations/persisted-documents.ts'
import { openTrust, type Trust } from './operations/trusted/trust.ts'
import { warmTrusted } from './operations/trusted/warm-trusted.ts'
import type { GatewayOptions } from './options.ts'
import { stepsFor } from './pipeline.ts'
import { corsOf } from './steps/allow-origin.ts'
import { preflightedHeaders } from './steps/guard-cross-site.ts'
import { requestDeadlines } from './steps/start-deadline.ts'
import type { GenerationOptions } from './supergraph/generation.ts'
import { type Generations, startGenerations } from './supergraph/generations.ts'
import { EventStreams } from './transports/events/event-streams.ts'
import { serveHttp } from './transports/http.ts'
import { keptHeaders } from './transports/web-socket/kept-headers.ts'
import { createWebSockets } from './transports/web-socket/web-sockets.ts'
import { createStreams } from './upstream/streams/streams.ts'
import { createSubgraphs } from './upstream/subgraphs.ts'
import { Usage } from './usage/usage.ts'

/** A gateway that serves. */
export interface Gateway {
  /** Answers a request at the endpoint. Never rejects. */
  handle(request: IncomingMessage, response: ServerResponse): Promise<void>
  /** Takes over a WebSocket that is asked for at the endpoint. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void
  /** What keeps it from serving; empty = ready. */
  problems(): readonly string[]
  /** The keys that access tokens are verified with, for /.well-known/jwks.json. @throws Error when there are none */
  keys(): Promise<JSONWebKeySet>
  /** Who has the access token in these headers; undefined = there is none. Rejects with a GraphQLError where it is not good. */
  viewerOf(headers: IncomingHttpHeaders): Promise<Viewer | undefined>
  /** Prometheus text. */
  metrics(): Promise<string>
  /** Swaps to another supergraph; no request is dropped. Rejects with SupergraphRefused, and then the old one serves on. */
  swap(sdl: string): Promise<void>
  /** Takes no more requests, and waits until those under way are done, at most `limitMs`. */
  drain(limitMs: number): Promise<void>
  /** Ends everything. */
  close(): Promise<void>
}

/** What the options say of the door, with their defaults. */
function doorOf(options: GatewayOptions) {
  const { log, introspection = false, compression, batching, csrf, observability } = options
  const requestIdHeader = (options.requestIdHeader ?? 'x-request-id').toLowerCase()
  const { minimumBytes = 1_024, encodings = ['br', 'gzip'] as const } =
    typeof compression === 'object' ? compression : {}
  const { planHeader, accessLog, metrics } = observability ?? {}
  const isLocked = options.trustedDocuments?.mode === 'locked'
  const isGuarded = csrf?.isEnabled ?? true
  const clients = new ClientNames(options.clientHeaders)
  return {
    clients,
    introspection,
    // Whatever one writes in it would be refused.
    isGraphiqlServed: (options.graphiql ?? introspection) && !isLocked,
    path: options.path ?? '/graphql',
    isTokenRequired: options.isTokenRequired ?? false,
    requestIdHeader,
    cors: corsOf(options.corsOrigins ?? [], {
      ...options.cors,
      requestIdHeader,
      clientHeaders: clients.headers,
    }),
    csrfHeaders: isGuarded
      ? (csrf?.requiredHeaders ?? preflightedHeaders).map((name) => name.toLowerCase())
      : undefined,
    compression: compression ? { minimumBytes, encodings } : undefined,
    batchOperations: batching?.isEnabled ? (batching.maximumOperations ?? 10) : undefined,
    isRegisteringAllowed: (options.automaticPersistedDocuments ?? true) && !isLocked,
    passesSubgraphErrors: options.subgraphErrors === 'all',
    flights: flightsOf(options),
    planViewers: planHeader?.isEnabled ? { scope: planHeader.scope } : undefined,
    isMeasured: metrics ?? true,
    accessLogLevel: accessLog ? 'info' : log.isLevelEnabled('debug') ? 'debug' : undefined,
    extension: options.extension,
  } as const
}

/** A hook that has a say in single operations, or in what is fetched, may say something else to each who asks. */
function flightsOf({ deduplication, extension, ...options }: GatewayOptions): Flights | undefined {
  if (!deduplication?.inbound) return undefined
  if (extension?.onOperation ?? extension?.onFetch ?? extension?.policies) {
    options.log.warn('deduplication.inbound is off: the extension has onOperation, onFetch or policies')
    return undefined
  }
  return new Flights(forwardedHeaders(options))
}

/** What documents are held against. */
async function trustOf(
  { trustedDocuments, log }: GatewayOptions,
  { metrics, clients }: Pick<Parts, 'metrics' | 'clients'>,
): Promise<Trust | undefined> {
  if (!trustedDocuments) return undefined
  const trust = await openTrust(trustedDocuments, { log, clients, counts: metrics.trusted })
  publishTrust(metrics.registry, trust)
  return trust
}

/** Loads the supergraph; without one nobody follows the trusted documents either. */
async function startWith(
  trust: Trust | undefined,
  { supergraph }: GatewayOptions,
  options: GenerationOptions,
): Promise<Generations> {
  try {
    return await startGenerations(supergraph, options)
  } catch (error) {
    await trust?.documents.close()
    throw error
  }
}

/** Where trusted documents are locked, what other gateways have registered is not even at hand. */
function persistedOf({ redisUrl, trustedDocuments, log }: GatewayOptions): PersistedDocuments {
  return persistedDocuments({ redisUrl: trustedDocuments?.mode === 'locked' ? undefined : redisUrl, log })
}

/** The ways to the subgraphs. */
function upstreamOf(
  options: GatewayOptions,
  {
    door,
    limits,
    metrics,
  }: { readonly door: ReturnType<typeof doorOf>; readonly limits: Limits; readonly metrics: Metrics },
) {
  const placed = {
    placements: options.subgraphs ?? {},
    upstream: options.upstream,
    viewerSecret: options.viewerSecret,
    limits,
    requestIdHeader: door.requestIdHeader,
  }
  return {
    subgraphs: createSubgraphs({
      ...placed,
      isDeduplicated: options.deduplication?.upstream,
      extension: options.extension,
      observe: door.isMeasured ? metrics.fetchTimes.observe.bind(metrics.fetchTimes) : undefined,
      log: options.log,
    }),
    streams: createStreams({ ...placed, onFetch: options.extension?.onFetch }),
  }
}

async function createParts(options: GatewayOptions): Promise<Parts & { close(): Promise<void> }> {
  const { log, now = Date.now } = options
  const limits = { ...defaultLimits, ...options.limits }
  const door = doorOf(options)
  const metrics = createMetrics()
  const { subgraphs, streams } = upstreamOf(options, { door, limits, metrics })
  const trust = await trustOf(options, { metrics, clients: door.clients })
  const generations = await startWith(trust, options, {
    subgraphs,
    streams,
    limits,
    introspection: door.introspection,
    planner: options.planner ?? 'hive',
    overrides: options.overrides ?? {},
    log,
  })
  if (door.isMeasured) {
    publishCaches(metrics.registry, generations)
    publishSubgraphs(metrics.registry, subgraphs)
    publishSupergraph(metrics.registry, generations)
  }
  const warming = trust && warmTrusted(trust.documents, generations, log)
  const persisted = persistedOf(options)
  const currentSchema = () => generations.current().schema
  const usage = options.usage && new Usage(options.usage, { clients: door.clients, currentSchema, log, now })
  const parts = {
    ...door,
    limits,
    generations,
    authentication: createAuthentication(options.authentication, { log, now }),
    persisted,
    trust,
    topics: options.topics,
    usage,
    eventStreams: new EventStreams(),
    metrics,
    log,
    now,
    deadlines: requestDeadlines(limits.requestMs),
    traffic: { inProgress: 0, liveConnections: 0, isDraining: false },
    forwardedOf: forwardedHeaders(options),
    async close() {
      warming?.close()
      await trust?.documents.close()
      await usage?.close()
      await Promise.all([generations.close(), subgraphs.close(), streams.close(), persisted.close()])
    },
  }
  return withLive({ ...parts, steps: stepsFor(parts) })
}

/** The engine's groups use all the other parts, and those know the engine. */
function withLive<P extends Omit<Parts, 'live'>>(parts: P): P & { live: Live } {
  const whole = parts as P & { live: Live }
  whole.live = new Live(whole)
  const { isMeasured, usage, metrics } = parts
  usage?.watch(() => whole.live.operations())
  if (isMeasured) publishLive(metrics.registry, whole.live)
  if (isMeasured && usage) publishUsage(metrics.registry, usage)
  return whole
}

/**
 * Makes a gateway: loads the supergraph, and serves once it resolves.
 *
 * @throws SupergraphRefused when the supergraph is bad, with all reasons
 */
export async function createGateway(options: GatewayOptions): Promise<Gateway> {
  const parts = await createParts(options)
  const { traffic, metrics, generations, eventStreams } = parts
  const webSockets = createWebSockets(parts, keptHeaders(options))
  metrics.bufferedBytes.watch('events', () => eventStreams.bufferedBytes)
  return {
    handle: (request, response) => serveHttp(request, response, parts),
    upgrade: webSockets.upgrade,
    problems: () => (traffic.isDraining ? ['stopping'] : []),
    keys: () => parts.authentication.keys(),
    async viewerOf(headers) {
      const token = parts.authentication.findToken(headers)
      return token === undefined ? undefined : await parts.authentication.readToken(token)
    },
    metrics: () => metrics.registry.metrics(),
    swap: (sdl) => generations.swap(sdl),
    async drain(limitMs) {
      traffic.isDraining = true
      webSockets.drain(limitMs / 2)
      eventStreams.drain(limitMs / 2)
      const until = performance.now() + limitMs
      while (traffic.inProgress + traffic.liveConnections > 0 && performance.now() < until) {
        await new Promise((resolve) => setTimeout(resolve, 20))
      }
    },
    async close() {
      traffic.isDraining = true
      webSockets.close()
      eventStreams.close()
      await parts.close()
    },
  }
}
