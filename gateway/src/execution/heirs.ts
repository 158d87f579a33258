import type { CompiledStep } from './program.ts'

/** Fields that later fetches are to add to the objects at a path. */
export interface Heir {
  /** Response keys from the root of the data, lists passed over. */
  readonly path: readonly string[]
  readonly keys: readonly string[]
}

/** What the steps that wait for a step are to add, directly or in the end. */
export function heirsOf(step: CompiledStep, steps: readonly CompiledStep[]): Heir[] {
  const seen = new Set<CompiledStep>()
  const open = [step]
  for (let one = open.pop(); one; one = open.pop()) {
    for (const position of one.next) {
      const next = steps[position]
      if (!next || seen.has(next)) continue
      seen.add(next)
      open.push(next)
    }
  }
  return [...seen].flatMap(({ groups, keys }) =>
    groups.flatMap(({ group }) => {
      const added = [...(keys.get(group.responseKey)?.keys() ?? [])]
      return group.paths.map((path) => ({
        path: path.flatMap((segment) => (segment.kind === 'field' ? [segment.key] : [])),
        keys: added,
      }))
    }),
  )
}

/**
 * Fields that heirs would add to the object at a place, or to one around it: what is sent of that one may need what was to
 * come here.
 */
export function inheritedPlaces(
  place: readonly (string | number)[],
  heirs: readonly Heir[],
): (string | number)[][] {
  return heirs.flatMap(({ path, keys }) => {
    const end = endOf(path, place)
    return end === undefined ? [] : keys.map((key) => [...place.slice(0, end), key])
  })
}

/** How much of a place a path goes, with the positions in lists behind it; undefined when it goes elsewhere. */
function endOf(path: readonly string[], place: readonly (string | number)[]): number | undefined {
  let at = 0
  for (const name of path) {
    if (place[at] !== name) return undefined
    do at += 1
    while (typeof place[at] === 'number')
  }
  return at
}
