import type { ChangeLevel, ChangeVerdict, SchemaChange } from '@headcount/registry-api'

const levels: Record<ChangeLevel, number> = { breaking: 0, dangerous: 1, safe: 2 }
const verdicts: Record<ChangeVerdict, number> = { used: 0, unknown: 1, acknowledged: 2, unused: 3 }

/** The worst first; then by element. */
export function bySeverity(a: SchemaChange, b: SchemaChange): number {
  return (
    levels[a.level] - levels[b.level] ||
    verdicts[a.verdict ?? 'used'] - verdicts[b.verdict ?? 'used'] ||
    (a.coordinate ?? '').localeCompare(b.coordinate ?? '')
  )
}
