import type { SchemaChange } from '@headcount/registry-api'
import type { Acknowledgement } from '../settings/settings.ts'

/** What the settings say of one change: undefined = nothing. The day `until` is the last one that it holds. */
export function acknowledgementOf(
  change: SchemaChange,
  acknowledged: readonly Acknowledgement[],
  today: string,
): SchemaChange['acknowledged'] {
  const found = acknowledged.filter((one) => means(one, change))
  const [latest] = found.toSorted((a, b) => b.until.localeCompare(a.until))
  if (!latest) return undefined
  return { reason: latest.reason, until: latest.until, isExpired: latest.until < today }
}

/** A note for each acknowledgement that no change answers to: it is done, or it is misspelt. */
export function idleAcknowledgements(
  acknowledged: readonly Acknowledgement[],
  changes: readonly SchemaChange[],
): string[] {
  return acknowledged
    .filter((one) => !changes.some((change) => means(one, change)))
    .map(
      ({ change, coordinate }) =>
        `No breaking change is ${change} of ${coordinate} any more: take it out of check.acknowledged.`,
    )
}

function means({ change: code, coordinate }: Acknowledgement, change: SchemaChange): boolean {
  return change.level === 'breaking' && change.code === code && change.coordinate === coordinate
}
