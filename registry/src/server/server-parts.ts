import { ConfigError } from '@headcount/config'
import type { Database } from '@headcount/database'
import type { CheckReport } from '@headcount/registry-api'
import type { Logger } from 'pino'
import { readSettings } from '../settings/read-settings.ts'
import type { Subgraph } from '../subgraph.ts'
import type { UsageEvidence } from '../weighing/evidence.ts'
import { RegistryProblem } from './endpoint.ts'
import type { Live } from './live/live.ts'
import type { Parts } from './parts.ts'
import { readSubgraphs } from './versions/read-base.ts'

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

/** What the registry's records are made with, of what its versions are made with. */
export function serverParts(parts: Parts, usageRetentionDays: number | undefined): ServerParts {
  const { database, live, judge, now } = parts
  return {
    ...{ database, log: parts.log, now, live, usageRetentionDays },
    async apiSchema() {
      const { number, apiSchema, supergraph } = live.state ?? {}
      if (number == null || !apiSchema || !supergraph) return undefined
      return { number, sdl: apiSchema.text, supergraphSdl: supergraph.text }
    },
    async supergraphOf(number) {
      const [row] = await database.query<{ text: string }>(
        'SELECT text FROM versions JOIN texts ON hash = supergraph_hash WHERE number = $1',
        [number],
      )
      return row?.text
    },
    subgraphsOf: async (number) => (await readSubgraphs(database.query, number))?.subgraphs ?? [],
    judge: {
      check: ({ settings, ...input }) =>
        judge.run('check', { ...input, settings: checkSettings(settings), now: now() }),
    },
  }
}

/** The check's settings, as they came. */
function checkSettings(value: unknown) {
  try {
    return readSettings(value).check
  } catch (error) {
    if (error instanceof ConfigError) throw new RegistryProblem('BAD_REQUEST', `settings: ${error.message}`)
    throw error
  }
}
