import type { ContextArgument, ContextSource, EntityGroup, Path, RewriteSegment } from '../planning/plan.ts'
import { Batch } from './batch.ts'
import type { PossibleTypes } from './possible-types.ts'

type Value = Record<string, unknown>

/** Values of variables. One whose context has no value for the object above is left out: it is as if not given. */
type ContextValues = Readonly<Record<string, unknown>>

/** Representations of a batch that get the same values from their contexts. */
export interface ContextPart {
  /** Undefined = a value is not known, so they can't be asked about. */
  readonly values: ContextValues | undefined
  readonly batch: Batch
  /** Of each representation of this part: its position in the whole batch. */
  readonly places: number[]
}

/** A batch in which objects are the same only where their contexts are. */
export class ContextBatch extends Batch {
  private readonly byValues = new Map<string | undefined, ContextPart>()

  get parts(): readonly ContextPart[] {
    return [...this.byValues.values()]
  }

  addWithin(values: ContextValues | undefined, target: Value, key: unknown): void {
    const { batch, places } = this.partOf(values)
    const before = batch.sources.length
    batch.add(target, key)
    const position = batch.order.at(-1) ?? 0
    if (position === before) {
      places.push(this.sources.length)
      this.sources.push(target)
    }
    this.targets.push(target)
    this.order.push(places[position] ?? 0)
  }

  private partOf(values: ContextValues | undefined): ContextPart {
    const name = values && JSON.stringify(values)
    const known = this.byValues.get(name)
    if (known) return known
    const part = { values, batch: new Batch(), places: [] }
    this.byValues.set(name, part)
    return part
  }
}

/** Told apart from every value: the object is of no type that the source names. */
const otherType = Symbol('other type')

/** What stands at a path; undefined = the data lack it. */
function valueAt(value: unknown, path: readonly RewriteSegment[], types: PossibleTypes): unknown {
  const [segment, ...rest] = path
  if (!segment || value === null || typeof value !== 'object') return value
  if (Array.isArray(value)) {
    const items = value.map((item) => valueAt(item, path, types))
    return items.includes(undefined) ? undefined : items.map((item) => (item === otherType ? null : item))
  }
  if (segment.kind === 'field') return valueAt((value as Value)[segment.key], rest, types)
  const name = (value as Value).__typename
  const fits = typeof name !== 'string' || segment.names.some((type) => types.of(type).has(name))
  return fits ? valueAt(value, rest, types) : otherType
}

/** @param above the objects from the root of the data to the one that is asked about, itself the last */
function firstValue(
  sources: readonly ContextSource[],
  above: readonly Value[],
  types: PossibleTypes,
): unknown {
  for (const { up, path } of sources) {
    const value = valueAt(above.at(-1 - up), path, types)
    if (value !== otherType) return value
  }
  return otherType
}

/**
 * What a field's contexts have for one object.
 *
 * Null is a value and is sent; so composition wants it, which lets arguments be null wherever what they select may be.
 * Where the selection has no branch for the type of the object above, the argument is not given. But a value that the
 * data lack, since its fetch failed, or null for an argument that may not be null, is no value: such objects are not
 * asked about, and their fields are null with an error. Null in its place would be an answer to another question.
 */
function valuesOf(
  argumentsOf: readonly ContextArgument[],
  above: readonly Value[],
  types: PossibleTypes,
): ContextValues | undefined {
  const values: Record<string, unknown> = {}
  for (const { variable, isNullable, sources } of argumentsOf) {
    const value = firstValue(sources, above, types)
    const isAbsent = value === otherType || value === null
    if (value === undefined || (isAbsent && !isNullable)) return undefined
    if (value !== otherType) values[variable] = value
  }
  return values
}

/** Visits the objects at a path, each with those above it. Lists are gone through wherever they stand. */
function visitAll(
  value: unknown,
  path: Path,
  options: {
    readonly above: Value[]
    readonly types: PossibleTypes
    readonly visit: (target: Value, above: readonly Value[]) => void
  },
): void {
  if (value === null || typeof value !== 'object') return
  if (Array.isArray(value)) {
    for (const item of value) visitAll(item, path, options)
    return
  }
  const object = value as Value
  const { above, types, visit } = options
  const [segment, ...rest] = path
  if (segment?.kind === 'types') {
    const name = object.__typename
    const fits = name === undefined || segment.names.some((type) => types.of(type).has(String(name)))
    if (fits) visitAll(object, rest, options)
    return
  }
  above.push(object)
  if (segment) visitAll(object[segment.kind === 'field' ? segment.key : ''], rest, options)
  else visit(object, above)
  above.pop()
}

/**
 * How the objects of a group with contexts are collected. In closures and not in generated source as for other groups:
 * what is above an object must be at hand, and few operations have contexts.
 *
 * @param keyOf what tells representations apart; undefined = there is none
 */
export function collectInContexts(
  group: EntityGroup,
  keyOf: (target: Value) => unknown,
  types: PossibleTypes,
): (data: Value) => ContextBatch {
  const argumentsOf = group.contextArguments ?? []
  const paths = group.paths.map((path) => path.filter(({ kind }) => kind !== 'items'))
  return (data) => {
    const batch = new ContextBatch()
    const visit = (target: Value, above: readonly Value[]) => {
      const key = keyOf(target)
      if (key !== undefined) batch.addWithin(valuesOf(argumentsOf, above, types), target, key)
    }
    for (const path of paths) visitAll(data, path, { above: [], types, visit })
    return batch
  }
}
