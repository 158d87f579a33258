import { Supergraph } from '@apollo/federation-internals'
import { type DocumentNode, type GraphQLSchema, parse, print } from 'graphql'
import type { Logger } from 'pino'
import { type AccessRules, accessProblems, accessRules } from '../access/rules.ts'
import { apolloExecutor } from '../execution/apollo-executor.ts'
import type { Executor } from '../execution/executor.ts'
import type { Limits } from '../limits.ts'
import { readTopics, type Topic } from '../live/read-topics.ts'
import { type KnownOperations, knownOperations } from '../operations/known-operations.ts'
import type { Dispatch } from '../upstream/dispatch.ts'
import type { Subgraphs } from '../upstream/subgraphs.ts'
import { withoutSecurity } from './without-security.ts'

/**
 * Everything that depends on one supergraph. A request keeps the generation that it began with; a swap puts a new one
 * in its place for those that come after, so that none sees two schemas.
 */
export interface Generation {
  readonly sdl: string
  readonly schema: GraphQLSchema
  readonly rules: AccessRules
  readonly executor: Executor
  readonly operations: KnownOperations
  /** How subscription fields are fed, by field name. */
  readonly topics: ReadonlyMap<string, Topic>
}

/** The supergraph can't serve. */
export class SupergraphRefused extends Error {
  /** One sentence each. */
  readonly reasons: readonly string[]
  constructor(reasons: readonly string[]) {
    super(`The supergraph was refused:\n${reasons.map((reason) => `  - ${reason}`).join('\n')}`)
    this.name = 'SupergraphRefused'
    this.reasons = reasons
  }
}

/** What a generation is loaded with. */
export interface GenerationOptions {
  readonly subgraphs: Subgraphs
  readonly limits: Limits
  readonly introspection: boolean
  readonly log: Logger
}

function parseSdl(sdl: string): DocumentNode {
  try {
    return parse(sdl)
  } catch (error) {
    throw new SupergraphRefused([`It is not GraphQL: ${error instanceof Error ? error.message : error}`])
  }
}

function findWays(sdl: string, subgraphs: Subgraphs): ReadonlyMap<string, Dispatch> {
  const ways = new Map<string, Dispatch>()
  const problems: string[] = []
  for (const { name, url } of Supergraph.build(sdl, { validateSupergraph: false }).subgraphsMetadata()) {
    const way = subgraphs.dispatcher(name, url)
    if (way) ways.set(name, way)
    else problems.push(`The subgraph "${name}" has no http(s) address and no placement.`)
  }
  if (problems.length > 0) throw new SupergraphRefused(problems)
  return ways
}

/** Loads a supergraph. @throws SupergraphRefused with all reasons that were found */
export async function loadGeneration(sdl: string, options: GenerationOptions): Promise<Generation> {
  const { subgraphs, limits, introspection, log } = options
  const document = parseSdl(sdl)
  const problems = accessProblems(document)
  if (problems.length > 0) throw new SupergraphRefused(problems)
  const bareSdl = print(withoutSecurity(document))
  let executor: Executor | undefined
  try {
    executor = await apolloExecutor({ sdl: bareSdl, dispatchers: findWays(bareSdl, subgraphs), log })
    const { schema } = executor
    const rules = accessRules(document, schema)
    const topics = readTopics(document, schema)
    const operations = knownOperations({ schema, rules, limits, introspection })
    return { sdl, schema, rules, executor, operations, topics }
  } catch (error) {
    await executor?.stop()
    if (error instanceof SupergraphRefused) throw error
    throw new SupergraphRefused([error instanceof Error ? error.message : String(error)])
  }
}
