import type { GraphDescription } from '@headcount/registry-api'
import { type Endpoint, RegistryProblem } from '../endpoint.ts'
import { readNumber } from '../http/read-page.ts'
import { keepLatest } from '../latest.ts'
import type { LiveSchema, ServerParts } from '../server-parts.ts'
import { describeGraph } from './describe-graph.ts'

/** `GET /graph[?version=]`: the live graph, or that of a version. */
export function graphEndpoints(parts: Pick<ServerParts, 'apiSchema' | 'supergraphOf'>): Endpoint[] {
  const describeLive = keepLatest(
    ({ supergraphSdl, number }: LiveSchema) => describeGraph(supergraphSdl, number),
    ({ number }) => number,
  )
  return [
    {
      ...{ method: 'GET', path: '/graph', scope: 'schema:read' },
      async handle({ query }) {
        const live = await parts.apiSchema()
        const number = query.has('version') ? readNumber(query.get('version'), 'version') : live?.number
        if (live && number === live.number) return { json: await describeLive(live) }
        return { json: await describeVersion(number, parts) }
      },
    },
  ]
}

async function describeVersion(
  number: number | undefined,
  { supergraphOf }: Pick<ServerParts, 'supergraphOf'>,
): Promise<GraphDescription> {
  if (number === undefined) {
    throw new RegistryProblem(
      'NOT_FOUND',
      'No version composes yet: publish the subgraphs with `headcount schema publish`',
    )
  }
  const supergraph = await supergraphOf(number)
  if (supergraph !== undefined) return describeGraph(supergraph, number)
  throw new RegistryProblem(
    'NOT_FOUND',
    `No version ${number} composes; GET /versions lists those that are there`,
  )
}
