import type { GraphDescription } from '@headcount/registry-api'
import { type Endpoint, RegistryProblem } from '../endpoint.ts'
import { readNumber } from '../http/read-page.ts'
import { keepLatest } from '../latest.ts'
import { type LiveSchema, liveSchema } from '../live/live-schema.ts'
import type { Parts } from '../parts.ts'
import { describeGraph } from './describe-graph.ts'

/** `GET /graph[?version=]`: the live graph, or that of a version. */
export function graphEndpoints({ database, live }: Pick<Parts, 'database' | 'live'>): Endpoint[] {
  const describeLive = keepLatest(
    ({ supergraphSdl, number }: LiveSchema) => describeGraph(supergraphSdl, number),
    ({ number }) => number,
  )
  return [
    {
      ...{ method: 'GET', path: '/graph', scope: 'schema:read' },
      async handle({ query }) {
        const schema = liveSchema(live)
        const number = query.has('version') ? readNumber(query.get('version'), 'version') : schema?.number
        if (schema && number === schema.number) return { json: await describeLive(schema) }
        return { json: await describeVersion(number, database) }
      },
    },
  ]
}

async function describeVersion(
  number: number | undefined,
  database: Parts['database'],
): Promise<GraphDescription> {
  if (number === undefined) {
    throw new RegistryProblem(
      'NOT_FOUND',
      'No version composes yet: publish the subgraphs with `headcount schema publish`.',
    )
  }
  const [row] = await database.read<{ text: string }>(
    'SELECT text FROM versions JOIN texts ON hash = supergraph_hash WHERE number = $1',
    [number],
  )
  if (row) return describeGraph(row.text, number)
  throw new RegistryProblem(
    'NOT_FOUND',
    `No version ${number} composes; GET /versions lists those that there are.`,
  )
}
