import type { DocumentNode, GraphQLSchema } from 'graphql'
import type { Logger } from 'pino'
import { type AccessRules, accessProblems, accessRules } from '../access/rules.ts'
import { readPossibleTypes } from '../execution/possible-types.ts'
import { createPrograms, type Programs } from '../execution/programs.ts'
import type { Limits } from '../limits.ts'
import { type Audiences, readAudiences } from '../live/audiences.ts'
import { readTopics, type Topic } from '../live/read-topics.ts'
import { type CostRules, readCostRules } from '../operations/cost-rules.ts'
import { type KnownOperations, knownOperations } from '../operations/known-operations.ts'
import { readJoins } from '../planning/join-directives.ts'
import { createPlanner, type Planner } from '../planning/planner.ts'
import { createPlans, type Plans } from '../planning/plans.ts'
import type { Dispatch } from '../upstream/dispatch.ts'
import type { Streams } from '../upstream/streams/streams.ts'
import type { OpenEvents } from '../upstream/streams/subgraph-events.ts'
import type { Subgraphs } from '../upstream/subgraphs.ts'
import { type BuiltSupergraph, buildSupergraph } from './build-supergraph.ts'
import { SupergraphRefused } from './supergraph-refused.ts'

/**
 * Everything that depends on one supergraph. A request keeps the generation that it began with; a swap puts a new one
 * in its place for those that come after, so that none sees two schemas.
 */
export interface Generation {
  readonly sdl: string
  readonly schema: GraphQLSchema
  readonly rules: AccessRules
  readonly operations: KnownOperations
  readonly plans: Plans
  readonly programs: Programs
  /** How subscription fields are fed, by field name. */
  readonly topics: ReadonlyMap<string, Topic>
  /** Who shares one resolution of a field. */
  readonly audiences: Audiences
  /** The ways to the events of subgraphs, by their names. */
  readonly streams: ReadonlyMap<string, OpenEvents>
  /** Ends its planner. */
  close(): Promise<void>
}

/** What a generation is loaded with. */
export interface GenerationOptions {
  readonly subgraphs: Subgraphs
  /** Left out = subgraphs are not subscribed to. */
  readonly streams?: Streams | undefined
  readonly limits: Limits
  readonly introspection: boolean
  readonly planner: 'hive' | 'apollo'
  readonly overrides: Readonly<Record<string, boolean>>
  readonly log: Logger
}

function findWays(supergraph: BuiltSupergraph, subgraphs: Subgraphs): ReadonlyMap<string, Dispatch> {
  const ways = new Map<string, Dispatch>()
  const problems: string[] = []
  for (const { name, url } of supergraph.subgraphs) {
    const way = subgraphs.dispatcher(name, url)
    if (way) ways.set(name, way)
    else problems.push(`The subgraph "${name}" has no http(s) address and no placement.`)
  }
  if (problems.length > 0) throw new SupergraphRefused(problems)
  return ways
}

function costsOf(document: DocumentNode, { cost }: Limits): CostRules | undefined {
  if (!cost) return undefined
  const { defaultListSize, mode } = cost
  return readCostRules(document, { defaultListSize, isStrict: mode === 'enforce' })
}

function findStreams(supergraph: BuiltSupergraph, streams?: Streams): ReadonlyMap<string, OpenEvents> {
  const ways = supergraph.subgraphs.map(({ name, url }) => [name, streams?.way(name, url)] as const)
  return new Map(ways.flatMap(([name, way]) => (way ? [[name, way] as const] : [])))
}

function assemble(supergraph: BuiltSupergraph, planner: Planner, options: GenerationOptions): Generation {
  const { subgraphs, limits, introspection, overrides } = options
  const { document, apiSchema: schema } = supergraph
  const rules = accessRules(document)
  const plans = createPlans({ planner, overrides, limit: limits.plans })
  const types = readPossibleTypes(document)
  const { inputNames } = readJoins(document)
  const dispatchers = findWays(supergraph, subgraphs)
  return {
    sdl: supergraph.sdl,
    schema,
    rules,
    operations: knownOperations({ schema, rules, limits, introspection, costs: costsOf(document, limits) }),
    plans,
    programs: createPrograms({
      schema,
      rules,
      types,
      inputNames,
      dispatchers,
      plans,
      limit: limits.plans,
    }),
    topics: readTopics(document, schema),
    audiences: readAudiences(document),
    streams: findStreams(supergraph, options.streams),
    close: () => planner.close(),
  }
}

/** Loads a supergraph. @throws SupergraphRefused with all reasons that were found */
export async function loadGeneration(sdl: string, options: GenerationOptions): Promise<Generation> {
  const supergraph = buildSupergraph(sdl)
  const problems = accessProblems(supergraph.document)
  if (problems.length > 0) throw new SupergraphRefused(problems)
  let planner: Planner | undefined
  try {
    planner = await createPlanner({
      sdl,
      document: supergraph.document,
      kind: options.planner,
      deadlineMs: options.limits.requestMs,
      log: options.log,
    })
    return assemble(supergraph, planner, options)
  } catch (error) {
    await planner?.close()
    if (error instanceof SupergraphRefused) throw error
    throw new SupergraphRefused([error instanceof Error ? error.message : String(error)])
  }
}
