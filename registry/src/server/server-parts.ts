import type { Database } from '@headcount/database'
import type { CheckReport } from '@headcount/registry-api'
import type { Logger } from 'pino'
import type { Subgraph } from '../subgraph.ts'
import type { UsageEvidence } from '../weighing/evidence.ts'
import type { Live } from './live/live.ts'

/** What the endpoints of usage, documents, checks and the graph are made with. */
export interface ServerParts {
  readonly database: Database
  readonly log: Logger
  readonly now: () => Date
  /** What gateways have, and who waits for something newer. */
  readonly live: Live
  /** The live version; undefined = nothing has composed yet. */
  apiSchema(): Promise<LiveSchema | undefined>
  /** The supergraph of a version; undefined = there is no such version, or it does not compose. */
  supergraphOf(number: number): Promise<string | undefined>
  /** The subgraphs of a version. */
  subgraphsOf(number: number): Promise<readonly Subgraph[]>
  readonly judge: CheckJudge
  /** How long usage is kept, in days; default 90. */
  readonly usageRetentionDays?: number | undefined
}

/** The schemas that gateways have. */
export interface LiveSchema {
  /** Number of the version. */
  readonly number: number
  /** What apps see. */
  readonly sdl: string
  readonly supergraphSdl: string
}

/** Checks changes away from the event loop. */
export interface CheckJudge {
  /** @throws RegistryProblem UNAVAILABLE when too many wait; BAD_REQUEST when the settings are wrong */
  check(input: CheckCase): Promise<CheckReport>
}

/** What is checked, with all that a check is weighed by: plain JSON. */
export interface CheckCase {
  /** What is live; empty = nothing is. */
  readonly base: readonly Subgraph[]
  readonly head: readonly Subgraph[]
  readonly evidence: UsageEvidence
  /** The check's settings as they came; undefined = the defaults. */
  readonly settings: unknown
}
