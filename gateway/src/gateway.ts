import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'
import type { JSONWebKeySet } from 'jose'
import { createAuthentication } from './authentication/authentication.ts'
import type { Parts } from './exchange.ts'
import { defaultLimits } from './limits.ts'
import { createMetrics } from './metrics.ts'
import { persistedDocuments } from './operations/persisted-documents.ts'
import type { GatewayOptions } from './options.ts'
import { startGenerations } from './supergraph/generations.ts'
import { EventStreams } from './transports/event-streams.ts'
import { serveHttp } from './transports/http.ts'
import { createWebSockets } from './transports/web-sockets.ts'
import { createSubgraphs } from './upstream/subgraphs.ts'

/** A gateway that serves. */
export interface Gateway {
  /** Answers a request at /graphql. Never rejects. */
  handle(request: IncomingMessage, response: ServerResponse): Promise<void>
  /** Takes over a WebSocket that is asked for at /graphql. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void
  /** What keeps it from serving; empty = ready. */
  problems(): readonly string[]
  /** The keys that access tokens are verified with, for /.well-known/jwks.json. @throws Error when there are none */
  keys(): Promise<JSONWebKeySet>
  /** Prometheus text. */
  metrics(): Promise<string>
  /** Swaps to another supergraph; no request is dropped. Rejects with SupergraphRefused, and then the old one serves on. */
  swap(sdl: string): Promise<void>
  /** Takes no more requests, and waits until those under way are done, at most `limitMs`. */
  drain(limitMs: number): Promise<void>
  /** Ends everything. */
  close(): Promise<void>
}

async function createParts(options: GatewayOptions): Promise<Parts & { close(): Promise<void> }> {
  const { log, now = Date.now, introspection = false } = options
  const limits = { ...defaultLimits, ...options.limits }
  const metrics = createMetrics()
  const subgraphs = createSubgraphs({
    placements: options.subgraphs ?? {},
    viewerSecret: options.viewerSecret,
    limits,
    observe: (subgraph, seconds, isAnswered) =>
      metrics.fetchSeconds.observe({ subgraph, result: isAnswered ? 'answered' : 'failed' }, seconds),
  })
  const generations = await startGenerations(options.supergraph, {
    subgraphs,
    limits,
    introspection,
    planner: options.planner ?? 'hive',
    overrides: options.overrides ?? {},
    log,
  })
  const persisted = persistedDocuments({ redisUrl: options.redisUrl, log })
  return {
    limits,
    introspection,
    isGraphiqlServed: options.graphiql ?? introspection,
    isTokenRequired: options.isTokenRequired ?? false,
    requestIdHeader: (options.requestIdHeader ?? 'x-request-id').toLowerCase(),
    corsOrigins: new Set(options.corsOrigins),
    generations,
    authentication: createAuthentication(options.authentication, { log, now }),
    askPolicies: undefined,
    persisted,
    topics: options.topics,
    eventStreams: new EventStreams(),
    metrics,
    log,
    now,
    traffic: { inProgress: 0, liveConnections: 0, isDraining: false },
    async close() {
      await Promise.all([generations.close(), subgraphs.close(), persisted.close()])
    },
  }
}

/**
 * Makes a gateway: loads the supergraph, and serves once it resolves.
 *
 * @throws SupergraphRefused when the supergraph is bad, with all reasons
 */
export async function createGateway(options: GatewayOptions): Promise<Gateway> {
  const parts = await createParts(options)
  const { traffic, metrics, generations, eventStreams } = parts
  const webSockets = createWebSockets(parts)
  return {
    handle: (request, response) => serveHttp(request, response, parts),
    upgrade: webSockets.upgrade,
    problems: () => (traffic.isDraining ? ['stopping'] : []),
    keys: () => parts.authentication.keys(),
    metrics: () => metrics.registry.metrics(),
    swap: (sdl) => generations.swap(sdl),
    async drain(limitMs) {
      traffic.isDraining = true
      webSockets.drain(limitMs / 2)
      eventStreams.close()
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
