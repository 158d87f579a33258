import type { IncomingHttpHeaders } from 'node:http'
import type { Database } from '@headcount/database'
import type { Logger } from 'pino'
import type { Caller } from './endpoint.ts'

/** What a registry's server is made with. */
export interface RegistryOptions {
  /** Its database, with all migrations: an address, or one that is open and stays the caller's to close. */
  readonly database: string | Database
  /** Most connections to the database, where it is given by address; default 10. One of them listens. */
  readonly maxConnections?: number | undefined
  /** Where it tells of what happens. */
  readonly log: Logger
  /** The time; default the clock's. */
  readonly now?: (() => Date) | undefined
  /** A token for everything, of any form; compared by its hash and never stored. Undefined = there is none. */
  readonly adminToken?: string | undefined
  /**
   * Says who asks where the request has no token of the registry: the platform's people by their access tokens. Undefined
   * = nobody that it knows.
   */
  readonly authorize?: ((headers: IncomingHttpHeaders) => Promise<Caller | undefined>) | undefined
  /** Called after the commit of each version and contract that gateways get, in the process that made it, with the live version. */
  readonly announce?: ((version: number) => void) | undefined
  /** How long usage is kept, in days; default 90. */
  readonly usageRetentionDays?: number | undefined
  /** Longest time for composing, in milliseconds; default 60 s. */
  readonly composeDeadlineMs?: number | undefined
}
