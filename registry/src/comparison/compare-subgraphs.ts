import type { ParsedSubgraph } from '../subgraph.ts'
import { compareSchemas, type RawChange } from './compare-schemas.ts'
import { subgraphSchema } from './subgraph-schema.ts'

/** A difference that one subgraph made. */
export interface SubgraphChange extends RawChange {
  readonly subgraph: string
}

/** The differences of each subgraph; a new or a removed one is one change. */
export async function compareSubgraphs(
  base: readonly ParsedSubgraph[],
  head: readonly ParsedSubgraph[],
): Promise<SubgraphChange[]> {
  const removed = base.filter(({ name }) => !head.some((one) => one.name === name))
  const compared = head.map(async (after): Promise<SubgraphChange[]> => {
    const before = base.find(({ name }) => name === after.name)
    if (!before) return [added(after.name)]
    if (before.sdl === after.sdl) return []
    const changes = await compareSchemas(subgraphSchema(before.document), subgraphSchema(after.document))
    return changes.map((change) => ({ ...change, subgraph: after.name }))
  })
  return [...removed.map(({ name }) => gone(name)), ...(await Promise.all(compared)).flat()]
}

function added(subgraph: string): SubgraphChange {
  const message = `Subgraph '${subgraph}' was added`
  return { level: 'safe', code: 'SUBGRAPH_ADDED', message, subgraph, details: {} }
}

function gone(subgraph: string): SubgraphChange {
  return {
    level: 'dangerous',
    code: 'SUBGRAPH_REMOVED',
    message: `Subgraph '${subgraph}' was removed`,
    reason: 'Keep its service running until every gateway has the new supergraph.',
    subgraph,
    details: {},
  }
}
