import type { UnusedAnswer } from '@headcount/registry-api'
import { publishedCoordinates } from '../documents/published-coordinates.ts'
import { RegistryProblem } from '../endpoint.ts'
import { describeGraph } from '../graph/describe-graph.ts'
import { keepLatest } from '../latest.ts'
import { type LiveSchema, liveSchema } from '../live/live-schema.ts'
import { schemaElements } from './schema-coordinates.ts'
import { readSince } from './traffic-since.ts'
import type { UsageParts } from './usage-parts.ts'
import { windowOf } from './window.ts'

/** Makes the answerer of `GET /usage/unused?days=`: elements of the live API that nobody used in the window. */
export function answerUnused(parts: UsageParts): (query: URLSearchParams) => Promise<UnusedAnswer> {
  const elementsOf = keepLatest(
    ({ supergraphSdl, number }: LiveSchema) => schemaElements(describeGraph(supergraphSdl, number)),
    ({ number }) => number,
  )
  const published = publishedCoordinates(parts)
  return async (query) => {
    const { days, since } = windowOf(query, parts)
    const live = liveSchema(parts.live)
    if (!live) throw new RegistryProblem('NOT_FOUND', 'No version composes yet: there is nothing to use')
    const [elements, isPublished, isUsed, begin] = await Promise.all([
      elementsOf(live),
      published(live),
      readUsed(parts, since),
      readSince(parts.database, since),
    ])
    const isIn = (set: ReadonlySet<string>) => (one: { coordinate: string; usedBy: readonly string[] }) =>
      set.has(one.coordinate) || one.usedBy.some((name) => set.has(name))
    return {
      ...{ days, since: begin?.toISOString() ?? null },
      coordinates: elements
        .filter((element) => !isIn(isUsed)(element))
        .map(({ usedBy: _, ...element }) => ({
          ...element,
          isPublished: isIn(isPublished)({ ...element, usedBy: _ }),
        })),
    }
  }
}

async function readUsed({ database }: UsageParts, since: Date): Promise<Set<string>> {
  const rows = await database.read<{ coordinate: string }>(
    `SELECT DISTINCT coordinate FROM operations
       JOIN operation_coordinates AS used ON used.operation_id = operations.id
      WHERE operations.last_seen_at >= $1 AND (NOT is_input OR used.last_seen_at >= $1)`,
    [since],
  )
  return new Set(rows.map(({ coordinate }) => coordinate))
}
