type Value = Record<string, unknown>

function isObject(value: unknown): value is Value {
  return typeof value === 'object' && value !== null
}

/** Puts what one subgraph says of a value beside what others said; null and nothing take nothing away. */
export function merged(into: unknown, from: unknown): unknown {
  if (from === null || from === undefined) return into === undefined ? from : into
  if (!isObject(into) || !isObject(from)) return from
  if (Array.isArray(into) && Array.isArray(from)) {
    for (let index = 0; index < from.length; index += 1) into[index] = merged(into[index], from[index])
    return into
  }
  mergeInto(into, from)
  return into
}

/** Puts all fields of `from` into `into`. */
export function mergeInto(into: Value, from: Value): void {
  for (const key of Object.keys(from)) {
    const before = into[key]
    into[key] = before === undefined ? from[key] : merged(before, from[key])
  }
}

/** A copy of objects and lists, for a value that goes to two places of which one may change. */
export function copied(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(copied)
  if (!isObject(value)) return value
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, copied(part)]))
}
