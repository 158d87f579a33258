import { leanFetchHeader, leanFetchValue } from '@headcount/access'
import { Breaker, type BreakerState, withBreaker } from './breaker.ts'
import { withDeadline } from './deadline.ts'
import { fetchHeaders } from './headers/fetch-headers.ts'
import { Health } from './health.ts'
import { http1Transport } from './http1.ts'
import { type Layer, stack } from './layer.ts'
import { withLeanBodies } from './lean.ts'
import type { Send } from './message.ts'
import type { RemoteOptions } from './remote-options.ts'
import type { ConnectionStats, Transport } from './transport.ts'
import { undiciTransport } from './undici.ts'

/** How one address of a subgraph does. */
export interface AddressStats {
  readonly url: string
  readonly connections: ConnectionStats
  /** Undefined = it has none. */
  readonly breaker: { readonly state: BreakerState; readonly openings: number } | undefined
  /** By its health checks; undefined = there are none. */
  readonly isHealthy: boolean | undefined
}

/** One address of a subgraph. */
export interface Address {
  readonly send: Send
  isHealthy(): boolean
  letsThrough(): boolean
  stats(): AddressStats
  close(): Promise<void>
}

const accepted = 'application/graphql-response+json, application/json'

function openTransport(url: string, { settings }: RemoteOptions): Transport {
  const headers = ['content-type', 'application/json', 'accept', accepted]
  if (settings.leanFetches) headers.push(leanFetchHeader, leanFetchValue)
  const open = url.startsWith('https:') ? undiciTransport : http1Transport
  return open({ url, headers, settings })
}

function openBreaker(url: string, { name, settings, log, now }: RemoteOptions): Breaker {
  const { failures, halfOpenAfterMs } = settings.breaker
  return new Breaker({
    failures,
    halfOpenAfterMs,
    now,
    onChange(state) {
      if (state === 'closed') log.info({ subgraph: name, url }, 'the subgraph answers again')
      else log.warn({ subgraph: name, url, halfOpenAfterMs }, 'the subgraph fails; its fetches are refused')
    },
  })
}

function openHealth(url: string, options: RemoteOptions): Health | undefined {
  const { name, settings, viewerSecret, log } = options
  const { health, tls, timeoutMs } = settings
  // With one address there is no other to turn to.
  if (!health || options.replicas.length === 1) return undefined
  return new Health({
    url,
    health,
    tls,
    timeoutMs,
    viewerSecret,
    headers: fetchHeaders(settings.headers).record({ headers: {}, viewer: undefined }),
    onChange(isHealthy) {
      if (isHealthy) log.info({ subgraph: name, url }, 'the replica is healthy again')
      else log.warn({ subgraph: name, url }, 'the replica is not healthy; others get its fetches')
    },
  })
}

/** Opens the way to one address. */
export function openAddress(url: string, options: RemoteOptions): Address {
  const { settings } = options
  const transport = openTransport(url, options)
  const breaker = settings.breaker.isEnabled ? openBreaker(url, options) : undefined
  const health = openHealth(url, options)
  const layers: readonly (Layer | undefined)[] = [
    // Outside of the deadline, since it counts what came too late.
    breaker && ((next) => withBreaker(breaker, next)),
    // For each attempt by itself, and for both messages of a document whose hash was not known.
    (next) => withDeadline(settings.timeoutMs, next),
    // What an address knows, another one need not.
    settings.leanFetches ? withLeanBodies : undefined,
  ]
  return {
    send: stack(layers, transport.send),
    isHealthy: () => health?.isHealthy ?? true,
    letsThrough: () => breaker?.letsThrough ?? true,
    stats: () => ({
      url,
      connections: transport.stats(),
      breaker: breaker && { state: breaker.state, openings: breaker.openings },
      isHealthy: health?.isHealthy,
    }),
    async close() {
      await Promise.all([transport.close(), health?.close()])
    },
  }
}
