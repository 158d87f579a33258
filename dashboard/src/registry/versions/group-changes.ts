import type { ChangeLevel, SchemaChange } from '@headcount/registry-api'

const ORDER: readonly ChangeLevel[] = ['breaking', 'dangerous', 'safe']

/** Changes by their level, the worst first; levels without a change are left out. */
export function groupChanges(
  changes: readonly SchemaChange[],
): { level: ChangeLevel; changes: readonly SchemaChange[] }[] {
  return ORDER.map((level) => ({
    level,
    changes: changes.filter((change) => change.level === level),
  })).filter((group) => group.changes.length > 0)
}
