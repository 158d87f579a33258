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

/** Keys that heirs would add to the object at a place. */
export function inheritedKeys(place: readonly (string | number)[], heirs: readonly Heir[]): string[] {
  const names = place.filter((segment) => typeof segment === 'string')
  const isHere = ({ path }: Heir) =>
    path.length === names.length && path.every((name, index) => name === names[index])
  return heirs.filter(isHere).flatMap(({ keys }) => keys)
}
