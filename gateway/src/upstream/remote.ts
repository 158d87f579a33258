import { type AddressStats, openAddress } from './address.ts'
import { Flights, withDeduplication } from './deduplicate.ts'
import type { Dispatch } from './dispatch.ts'
import { overHttpWithHook } from './hook.ts'
import { type Layer, stack } from './layer.ts'
import { outgoingHeaders } from './outgoing-headers.ts'
import { overHttp } from './over-http.ts'
import type { RemoteOptions } from './remote-options.ts'
import { withReplicas } from './replicas.ts'
import { withRetry } from './retry.ts'

/** How a subgraph across the network does. Counts only grow. */
export interface RemoteStats {
  readonly subgraph: string
  /** Fetches that shared the reply to another one. */
  readonly shared: number
  /** Attempts after a first one. */
  readonly repeated: number
  readonly addresses: readonly AddressStats[]
}

/** The way to a subgraph across the network. */
export interface Remote {
  readonly dispatch: Dispatch
  stats(): RemoteStats
  close(): Promise<void>
}

/** Opens the way to a subgraph across the network: these layers, and below them those of each address. */
export function openRemote(options: RemoteOptions): Remote {
  const { name, replicas, settings, onFetch } = options
  const addresses = replicas.map(({ url }) => openAddress(url, options))
  const choices = addresses.map((address, index) => ({ ...address, weight: replicas[index]?.weight ?? 1 }))
  const flights = new Flights(options.now)
  let repeated = 0
  const onRepeat = () => {
    repeated += 1
  }
  const layers: readonly (Layer | undefined)[] = [
    // Outermost: the subgraph's failures are counted, and repeated, once for all that ask the same.
    options.isDeduplicated ? (next) => withDeduplication(flights, next) : undefined,
    // Above the choice of a replica, so that another one gets the second attempt.
    settings.retry.attempts > 0 ? (next) => withRetry({ ...settings.retry, onRepeat }, next) : undefined,
  ]
  const [first] = addresses
  const send = stack(layers, addresses.length === 1 && first ? first.send : withReplicas(choices))
  const headers = outgoingHeaders({ ...options, rules: settings.headers })
  return {
    // Texts below, objects above. Headers are made here, since what is forwarded decides what may be shared.
    dispatch: onFetch ? overHttpWithHook(onFetch, headers, send) : overHttp(headers, send),
    stats: () => ({
      subgraph: name,
      shared: flights.shared,
      repeated,
      addresses: addresses.map((address) => address.stats()),
    }),
    async close() {
      await Promise.all(addresses.map((address) => address.close()))
    },
  }
}
