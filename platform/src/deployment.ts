import type { AuthenticationOptions, Placement as GatewayPlacement } from '@headcount/gateway'
import type { Topics } from '@headcount/live'

/** The five services as a gateway has them: in its own process, or each in one of its own. */
export interface Deployment {
  /** Whether they run in processes of their own, the same for all workers. */
  readonly isShared: boolean
  /** Where the gateway hears live messages. */
  readonly topics: Topics
  /** Where the gateway reaches each service. */
  readonly placements: Readonly<Record<string, GatewayPlacement>>
  /** The keys of access tokens, or their address. */
  readonly jwks: AuthenticationOptions['keys']
  /** Lets the services begin to send and to do their timed work. */
  start(): Promise<void>
  /** What is not ready, a sentence each. */
  notReady(): Promise<readonly string[]>
  /** Prometheus texts of the services. */
  metrics(): Promise<readonly string[]>
  /** Lets everything of this process finish what is under way, then ends it. */
  stop(): Promise<void>
}
