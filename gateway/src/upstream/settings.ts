import type { Limits } from '../limits.ts'
import { defaultUpstream, type HeaderRule, type UpstreamOptions } from '../upstream-options.ts'

/** How a subgraph across the network is asked; nothing is left open. */
export interface Settings {
  readonly timeoutMs: number
  readonly connections: number
  readonly keepAliveMs: number
  readonly retry: { readonly attempts: number; readonly backoffMs: number }
  readonly breaker: {
    readonly isEnabled: boolean
    readonly failures: number
    readonly halfOpenAfterMs: number
  }
  readonly health: { readonly path: string | undefined; readonly intervalMs: number } | undefined
  readonly http2: boolean
  readonly leanFetches: boolean
  readonly headers: readonly HeaderRule[]
  readonly tls: UpstreamOptions['tls']
}

const defaultHealthIntervalMs = 5_000

/** What a subgraph says of itself goes before what is said of all, and that before the limits. */
export function settingsOf(own: UpstreamOptions, all: UpstreamOptions, limits: Limits): Settings {
  const retry = { ...all.retry, ...clean(own.retry) }
  const breaker = { ...all.breaker, ...clean(own.breaker) }
  const health = own.health ?? all.health
  const { retry: retryDefault, breaker: breakerDefault } = defaultUpstream
  return {
    timeoutMs: own.timeoutMs ?? all.timeoutMs ?? limits.fetchMs,
    connections: own.connections ?? all.connections ?? limits.connectionsPerSubgraph,
    keepAliveMs: own.keepAliveMs ?? all.keepAliveMs ?? defaultUpstream.keepAliveMs,
    retry: {
      attempts: retry.attempts ?? retryDefault.attempts,
      backoffMs: retry.backoffMs ?? retryDefault.backoffMs,
    },
    breaker: {
      isEnabled: breaker.isEnabled ?? breakerDefault.isEnabled,
      failures: breaker.failures ?? breakerDefault.failures,
      halfOpenAfterMs: breaker.halfOpenAfterMs ?? breakerDefault.halfOpenAfterMs,
    },
    health: health && { path: health.path, intervalMs: health.intervalMs ?? defaultHealthIntervalMs },
    http2: own.http2 ?? all.http2 ?? defaultUpstream.http2,
    leanFetches: own.leanFetches ?? all.leanFetches ?? defaultUpstream.leanFetches,
    headers: [...(all.headers ?? []), ...(own.headers ?? [])],
    tls: own.tls ?? all.tls,
  }
}

/** Without what is undefined: it must not hide what is said of all. */
function clean<T extends object>(options: T | undefined): Partial<T> {
  const entries = Object.entries(options ?? {}).filter(([, value]) => value !== undefined)
  return Object.fromEntries(entries) as Partial<T>
}
