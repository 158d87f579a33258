import type { ClientOptions } from 'graphql-ws'
import type { LiveClientOptions } from '../live-client.ts'

/** `graphql-ws`'s own options that this client decides itself. */
type Decided = 'lazy' | 'lazyCloseTimeout' | 'onNonLazyError' | 'retryAttempts' | 'retryWait' | 'shouldRetry'

/** Options of `graphql-ws`'s `createClient`, less those about trying again. */
export interface WebSocketOptions extends Omit<ClientOptions, Decided>, LiveClientOptions {
  /**
   * A token for `connection_init`, as `accessToken`. `refused` is one that the server did not take: give another. Nothing
   * = none can be had at the moment; it is asked for again after a wait.
   */
  readonly accessToken?: (refused: string | undefined) => string | undefined | Promise<string | undefined>
}
