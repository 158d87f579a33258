import type { StartedGateway } from '../gateway/start-gateway.ts'
import type { HttpLoad } from '../load/http-load.ts'
import type { GraphSize } from './graphs.ts'
import type { Options } from './read-options.ts'

/** What all measurements of a run share. */
export interface Setting {
  readonly options: Options
  readonly load: HttpLoad
  /** A folder that is removed afterwards. */
  readonly folder: string
  /** What stands before the command of a gateway. */
  readonly prefix: readonly string[]
}

/** A generated graph and the gateway that serves it. */
export interface Graph {
  readonly size: GraphSize
  readonly file: string
  readonly gateway: StartedGateway
}
