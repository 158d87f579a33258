import type { Rewrite, RewriteSegment } from '../planning/plan.ts'
import type { PossibleTypes } from './possible-types.ts'

type Value = Record<string, unknown>

function apply(value: unknown, rewrite: Rewrite, types: PossibleTypes): void {
  if (Array.isArray(value)) {
    for (const item of value) apply(item, rewrite, types)
    return
  }
  const [segment, ...rest] = rewrite.path
  if (typeof value !== 'object' || value === null || !segment) return
  const object = value as Value
  if (segment.kind === 'types') {
    if (hasType(object, segment, types)) apply(object, { ...rewrite, path: rest }, types)
  } else if (rest.length > 0) apply(object[segment.key], { ...rewrite, path: rest }, types)
  else if (Object.hasOwn(object, segment.key)) change(object, segment.key, rewrite)
}

function change(object: Value, key: string, rewrite: Rewrite): void {
  if (rewrite.kind === 'set') object[key] = rewrite.value
  else {
    object[rewrite.key] = object[key]
    delete object[key]
  }
}

function hasType(object: Value, segment: RewriteSegment & { kind: 'types' }, types: PossibleTypes): boolean {
  const name = object.__typename
  return typeof name !== 'string' || segment.names.some((type) => types.of(type).has(name))
}

/** Changes a value in place as a plan's rewrites say. */
export function applyRewrites(value: unknown, rewrites: readonly Rewrite[], types: PossibleTypes): void {
  for (const rewrite of rewrites) apply(value, rewrite, types)
}

/** A path of an error, with the keys that the client knows in place of those that the subgraph was asked for. */
export function rewritePath(
  path: readonly (string | number)[],
  rewrites: readonly Rewrite[],
): readonly (string | number)[] {
  if (rewrites.length === 0) return path
  const names = new Map<string | number, string>()
  for (const rewrite of rewrites) {
    const last = rewrite.path.at(-1)
    if (rewrite.kind === 'rename' && last?.kind === 'field') names.set(last.key, rewrite.key)
  }
  return path.map((segment) => names.get(segment) ?? segment)
}
