import type { CoordinateUsage, UnusedAnswer } from '@headcount/registry-api'
import { useMemo } from 'react'
import { useRegistry } from '../use-registry.ts'
import { indexUsage, NO_USAGE, USAGE_DAYS, type UsageIndex } from './usage-index.ts'

const REFRESH_MS = 60_000

/** Usage of the elements; none until both answers are there, and where this person may not see it. */
export function useUsageIndex(): UsageIndex {
  const { value: used } = useRegistry<readonly CoordinateUsage[]>(
    `/usage/coordinates?days=${USAGE_DAYS}`,
    REFRESH_MS,
  )
  const { value: unused } = useRegistry<UnusedAnswer>(`/usage/unused?days=${USAGE_DAYS}`, REFRESH_MS)
  return useMemo(() => (used && unused ? indexUsage(used, unused) : NO_USAGE), [used, unused])
}
