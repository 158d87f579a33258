import type { VersionSummary } from '@headcount/registry-api'
import { Chip } from './chip.tsx'
import { countOf } from './words.ts'

/** How many changes of each level; none of a level is not said. */
export function ChangeCounts({ counts }: { counts: VersionSummary['counts'] }) {
  const { breaking, dangerous, safe, errors } = counts
  if (breaking + dangerous + safe + errors === 0) return <span className="quiet">none</span>
  return (
    <span className="chips">
      {errors > 0 && <Chip text={countOf(errors, 'error')} tone="alarm" />}
      {breaking > 0 && <Chip text={`${breaking} breaking`} tone="alarm" />}
      {dangerous > 0 && <Chip text={`${dangerous} dangerous`} tone="warning" />}
      {safe > 0 && <Chip text={`${safe} safe`} tone="good" />}
    </span>
  )
}
