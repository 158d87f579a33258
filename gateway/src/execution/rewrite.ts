import type { Rewrite, RewriteSegment } from '../planning/plan.ts'
import type { PossibleTypes } from './possible-types.ts'

type Value = Record<string, unknown>

function apply(value: unknown, rewrite: Rewrite, at: number, types: PossibleTypes): void {
  if (Array.isArray(value)) {
    for (const item of value) apply(item, rewrite, at, types)
    return
  }
  if (typeof value !== 'object' || value === null) return
  const segment = rewrite.path[at]
  if (!segment) return
  const object = value as Value
  if (segment.kind === 'types') {
    if (hasType(object, segment, types)) apply(object, rewrite, at + 1, types)
    return
  }
  if (at < rewrite.path.length - 1) return apply(object[segment.key], rewrite, at + 1, types)
  if (!Object.hasOwn(object, segment.key)) return
  if (rewrite.kind === 'set') object[segment.key] = rewrite.value
  else {
    object[rewrite.key] = object[segment.key]
    delete object[segment.key]
  }
}

function hasType(object: Value, segment: RewriteSegment & { kind: 'types' }, types: PossibleTypes): boolean {
  const name = object.__typename
  return typeof name !== 'string' || segment.names.some((type) => types.of(type).has(name))
}

/** Changes a value in place as a plan's rewrites say. */
export function applyRewrites(value: unknown, rewrites: readonly Rewrite[], types: PossibleTypes): void {
  for (const rewrite of rewrites) apply(value, rewrite, 0, types)
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
