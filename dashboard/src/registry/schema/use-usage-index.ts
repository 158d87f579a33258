import type { CoordinateUsage, Page, UnusedAnswer } from '@headcount/registry-api'
import { useMemo } from 'react'
import { itemsOf } from '../read-registry.ts'
import { useRegistry } from '../use-registry.ts'
import { indexUsage, NO_USAGE, USAGE_DAYS, type UsageIndex } from './usage-index.ts'

const REFRESH_MS = 60_000

/** Usage of the elements; none until both answers are there, and where this person may not see it. */
export function useUsageIndex(): UsageIndex {
  const { value: used } = useRegistry<Page<CoordinateUsage> | readonly CoordinateUsage[]>(
    `/usage/coordinates?days=${USAGE_DAYS}`,
    REFRESH_MS,
  )
  const { value: unused } = useRegistry<UnusedAnswer>(`/usage/unused?days=${USAGE_DAYS}`, REFRESH_MS)
  return useMemo(() => (used && unused ? indexUsage(itemsOf(used), unused) : NO_USAGE), [used, unused])
}
