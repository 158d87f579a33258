import type { RawChange } from './compare-schemas.ts'

const addsElement = /^(TYPE|FIELD|INPUT_FIELD|ENUM_VALUE|DIRECTIVE|FIELD_ARGUMENT)_ADDED$/
const addsUsage = /^DIRECTIVE_USAGE_\w+_ADDED$/
const saysDeprecation = /^(FIELD|ENUM_VALUE)_DEPRECATION_/
const saysUsage = /^DIRECTIVE_USAGE_/

/**
 * Leaves out what another change says already: the parts and the description of a new element, and `@deprecated` as a
 * directive beside the deprecation. The inspector's own rule does so by place alone, and a new description takes a breaking
 * change of its field away with it: here one that breaks is never left out.
 */
export function leaveOutTold(changes: readonly RawChange[]): RawChange[] {
  const added = changes.filter(({ code }) => addsElement.test(code) || addsUsage.test(code))
  const deprecated = new Set(
    changes.filter(({ code }) => saysDeprecation.test(code)).map(({ coordinate }) => onElement(coordinate)),
  )
  return changes.filter((change) => {
    if (change.level === 'breaking') return true
    const isDeprecation = saysUsage.test(change.code) && change.coordinate?.includes('.@deprecated')
    if (isDeprecation && deprecated.has(onElement(change.coordinate))) return false
    return !added.some((one) => one !== change && tells(one, change))
  })
}

function tells(one: RawChange, other: RawChange): boolean {
  const [above, below] = [one.coordinate ?? '', other.coordinate ?? '']
  const isOfNewElement = above === below && addsElement.test(one.code) && !addsElement.test(other.code)
  return isOfNewElement || below.startsWith(`${above}.`)
}

function onElement(coordinate = ''): string {
  return coordinate.split('.@', 1)[0] ?? ''
}
