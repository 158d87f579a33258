import type { CoordinateUsage, UnusedAnswer } from '@headcount/registry-api'

/** Over how long the explorer looks. */
export const USAGE_DAYS = 30

/** What is known of the use of each element; one index for a whole page. */
export interface UsageIndex {
  /** Whether anything is known at all: without traffic, nothing is unused. */
  isKnown: boolean
  of: (coordinate: string) => CoordinateUsage | undefined
  isUnused: (coordinate: string) => boolean
}

export const NO_USAGE: UsageIndex = { isKnown: false, of: () => undefined, isUnused: () => false }

export function indexUsage(
  used: readonly CoordinateUsage[],
  { since, coordinates }: Pick<UnusedAnswer, 'since' | 'coordinates'>,
): UsageIndex {
  if (since === null) return NO_USAGE
  const byCoordinate = new Map(used.map((usage) => [usage.coordinate, usage]))
  const unused = new Set(coordinates.map(({ coordinate }) => coordinate))
  return {
    isKnown: true,
    of: (coordinate) => byCoordinate.get(coordinate),
    isUnused: (coordinate) => unused.has(coordinate) && !byCoordinate.has(coordinate),
  }
}
