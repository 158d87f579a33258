import type { Program } from '../../processes/start-program.ts'
import type { QueryName } from '../graph/queries.ts'

/** What a candidate is started with. */
export interface Ground {
  /** The composed graph. */
  readonly supergraphFile: string
  /** A folder for files of its own. */
  readonly folder: string
  readonly port: number
  /** Whether identical requests that are under way at once may be answered as one, before and behind the gateway. */
  readonly isDeduplicating: boolean
  /** Documents by hash, for those that learn them beforehand. */
  readonly documents: Readonly<Record<string, string>>
}

/** A gateway of the bench. */
export interface Candidate {
  /** As the tables name it. */
  readonly title: string
  readonly canDeduplicate: boolean
  /** Path of its endpoint. */
  readonly pathOf: (query: QueryName) => string
  /** Writes the files that it needs, and says how it is started. */
  readonly program: (ground: Ground) => Program
}

/** Path of the endpoint of all real ones. */
export const graphqlPath = () => '/graphql'

/** None of them is to call home. */
export const quietEnvironment = {
  NODE_ENV: 'production',
  APOLLO_TELEMETRY_DISABLED: '1',
  DO_NOT_TRACK: '1',
} as const
