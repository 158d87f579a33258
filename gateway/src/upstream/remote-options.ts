import type { Logger } from 'pino'
import type { GatewayExtension } from '../extension.ts'
import type { Replica } from '../upstream-options.ts'
import type { Settings } from './settings.ts'

/** A subgraph across the network. */
export interface RemoteOptions {
  /** Its name in the supergraph. */
  readonly name: string
  /** Its addresses, one at least. */
  readonly replicas: readonly Replica[]
  readonly settings: Settings
  readonly viewerSecret: string | undefined
  /** Header of a request's id, in lower case. */
  readonly requestIdHeader: string
  /** Whether identical queries on their way are one. */
  readonly isDeduplicated: boolean
  readonly onFetch: GatewayExtension['onFetch']
  readonly log: Logger
  /** A clock in milliseconds that never goes back. */
  readonly now: () => number
}
