import { readFileSync } from 'node:fs'
import type { AuthenticationOptions, GatewayOptions, Placement, SupergraphSource } from '../options.ts'
import type { HeaderRule, UpstreamOptions } from '../upstream-options.ts'
import type { Configuration } from './configuration.ts'

type Subgraph = NonNullable<Configuration['subgraphs']>[string]
type Rule = Configuration['headers'][number]

/** A rule of the file: its group has made sure that exactly one of its keys is there. */
function headerRule({ propagate, set, remove, fromClaim }: Rule): HeaderRule[] {
  if (set) return [{ set }]
  if (fromClaim) return [{ fromClaim }]
  if (remove?.name !== undefined) return [{ remove: { name: remove.name } }]
  if (remove?.matching !== undefined) return [{ remove: { matching: remove.matching } }]
  if (propagate?.matching !== undefined) return [{ propagate: { matching: propagate.matching } }]
  if (propagate?.name === undefined) return []
  const { name, rename, default: fallback } = propagate
  return [{ propagate: { name, rename, default: fallback } }]
}

type Traffic = Omit<Configuration['upstream'], 'retry' | 'breaker'> & Pick<Subgraph, 'retry' | 'breaker'>

function pem(file: string | undefined): string | undefined {
  return file === undefined ? undefined : readFileSync(file, 'utf8')
}

function traffic({ tls, ...keys }: Traffic | Subgraph): UpstreamOptions {
  const { timeoutMs, connections, keepAliveMs, retry, breaker, health, http2, leanFetches } = keys
  const { subscriptions, subscriptionsIdleMs } = keys
  return {
    timeoutMs,
    connections,
    keepAliveMs,
    retry,
    breaker,
    health,
    http2,
    leanFetches,
    subscriptions,
    subscriptionsIdleMs,
    ...(tls && { tls: { ca: pem(tls.caFile), cert: pem(tls.certFile), key: pem(tls.keyFile) } }),
  }
}

function placement(subgraph: Subgraph): Placement {
  const { url, replicas, headers, subscriptionsUrl } = subgraph
  const asked = {
    ...traffic(subgraph),
    subscriptionsUrl,
    ...(headers && { headers: headers.flatMap(headerRule) }),
  }
  if (replicas) return { ...asked, replicas }
  return url === undefined ? asked : { ...asked, url }
}

function authentication({ jwks, claims }: Configuration['authentication']): AuthenticationOptions[] {
  return jwks.flatMap(({ url, file, headerPrefix, ...rest }) => {
    const keys = file ?? url
    if (keys === undefined) return []
    return [{ ...rest, keys, headerPrefix: headerPrefix === 'none' ? '' : headerPrefix, claims }]
  })
}

/** Where the file says that the supergraph comes from. */
export function supergraphOf({ supergraph }: Configuration): SupergraphSource | undefined {
  const { file, subgraphs, registry, pollIntervalMs } = supergraph
  if (file !== undefined) return { file }
  if (subgraphs) return { subgraphs, pollIntervalMs }
  return registry && { registry }
}

/** What a file says of a gateway; where it runs, and where its supergraph and trusted documents come from, is said apart. */
export function gatewayOptionsOf(
  configuration: Configuration,
): Omit<GatewayOptions, 'supergraph' | 'trustedDocuments' | 'log'> {
  const { server, supergraph, upstream, subgraphs, headers, limits, cors, csrf } = configuration
  const { path, compression, batching, introspection, graphiql, requestIdHeader } = server
  const issuers = authentication(configuration.authentication)
  const { logLevel: _, planHeader, ...observability } = configuration.observability
  const placed = Object.entries(subgraphs ?? {}).map(([name, one]) => [name, placement(one)])
  return {
    subgraphs: Object.fromEntries(placed),
    upstream: { ...traffic(upstream), headers: headers.flatMap(headerRule) },
    planner: supergraph.planner,
    overrides: supergraph.overrides,
    ...(issuers.length > 0 && { authentication: issuers }),
    isTokenRequired: configuration.authentication.isRequired,
    redisUrl: configuration.persistedDocuments.redisUrl,
    automaticPersistedDocuments: configuration.persistedDocuments.automatic,
    deduplication: configuration.deduplication,
    path,
    compression,
    batching,
    corsOrigins: cors.origins,
    cors: {
      allowsCredentials: cors.allowsCredentials,
      headers: cors.headers,
      maxAgeSeconds: cors.maxAgeSeconds,
    },
    csrf,
    subgraphErrors: configuration.errors.subgraphMessages,
    introspection,
    graphiql,
    requestIdHeader,
    limits,
    clientHeaders: {
      name: configuration.usage.clientNameHeaders,
      version: configuration.usage.clientVersionHeaders,
    },
    observability: { ...observability, planHeader },
  }
}
