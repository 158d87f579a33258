// A federated schema while it is being made up. Everything in it may still be changed.
import type { Random } from '../random.ts'
import type { KeyValue, Required, Shape } from './world.ts'

export interface DraftArgument {
  readonly name: string
  /** As it stands in a schema: type and default. */
  readonly text: string
  /** A value in a `@requires`; undefined where its type is not simple. */
  readonly sample: { readonly literal: string; readonly value: unknown } | undefined
}

export interface DraftField {
  readonly name: string
  shape: Shape
  readonly args: readonly DraftArgument[]
  /** Directives in each subgraph that answers it. */
  readonly owners: Map<string, string[]>
  /** Subgraphs that only name it. */
  readonly barred: Map<string, 'external' | 'overridden'>
  /** Subgraphs where its outermost non-null is left out. */
  readonly loose: Set<string>
  readonly key: KeyValue | undefined
  /** An interface has it as well. */
  readonly isInInterface: boolean
  requires: { readonly text: string; readonly fields: readonly Required[] } | undefined
  provides: Map<string, readonly string[]>
  isSafe: boolean
  isHidden: boolean
}

/** A key: the fields that stand in `@key(fields:)`, and their leaves. */
export interface DraftKey {
  readonly text: string
  readonly fields: readonly DraftField[]
  readonly paths: readonly (readonly string[])[]
}

/** An object type in one subgraph. */
export interface Presence {
  readonly keys: Set<DraftKey>
  isResolvable: boolean
}

export interface DraftType {
  readonly name: string
  readonly kind: 'root' | 'entity' | 'value'
  readonly fields: DraftField[]
  readonly keys: DraftKey[]
  readonly presence: Map<string, Presence>
  /** Subgraphs that know it by its interface alone. */
  readonly banned: Set<string>
  readonly isHidden: boolean
}

export interface DraftAbstract {
  readonly name: string
  readonly kind: 'interface' | 'union'
  readonly members: readonly DraftType[]
  /** Fields of an interface, or members of a union, in each subgraph. */
  readonly declared: Map<string, readonly string[]>
  /** Its fields; those of all members have these names. */
  readonly fields: readonly DraftField[]
  /** An entity interface: where it is whole, and where it is an `@interfaceObject`. */
  readonly entity:
    | { readonly home: string; readonly objectIn: string; readonly extra: DraftField[] }
    | undefined
}

export interface DraftInput {
  readonly name: string
  readonly text: string
}

export interface Draft {
  readonly random: Random
  readonly subgraphs: readonly string[]
  readonly enums: {
    readonly name: string
    readonly values: readonly string[]
    readonly hidden: readonly string[]
  }[]
  readonly inputs: DraftInput[]
  readonly types: Map<string, DraftType>
  readonly abstracts: Map<string, DraftAbstract>
  readonly isUneven: boolean
}

export const scalars = ['Int', 'Float', 'String', 'Boolean', 'ID', 'JSON'] as const

export function namedOf(shape: Shape): string {
  return shape.kind === 'named' ? shape.name : namedOf(shape.of)
}

export function shapeText(shape: Shape): string {
  const text = shape.kind === 'named' ? shape.name : `[${shapeText(shape.of)}]`
  return shape.isNonNull ? `${text}!` : text
}

export function named(name: string, isNonNull = true): Shape {
  return { kind: 'named', name, isNonNull }
}

/** Lists and non-nulls around a type. */
export function randomShape(name: string, { chance }: Random, nonNull = 0.35): Shape {
  let shape = named(name, chance(nonNull))
  for (let depth = 0; depth < 2 && chance(depth === 0 ? 0.3 : 0.15); depth++) {
    shape = { kind: 'list', of: shape, isNonNull: chance(nonNull) }
  }
  return shape
}

export function draftField(name: string, shape: Shape, more: Partial<DraftField> = {}): DraftField {
  return {
    name,
    shape,
    args: [],
    owners: new Map(),
    barred: new Map(),
    loose: new Set(),
    key: undefined,
    isInInterface: false,
    requires: undefined,
    provides: new Map(),
    isSafe: false,
    isHidden: false,
    ...more,
  }
}

export function draftType(name: string, kind: DraftType['kind'], isHidden = false): DraftType {
  return { name, kind, fields: [], keys: [], presence: new Map(), banned: new Set(), isHidden }
}

/** Whether a subgraph can have a field of this type. */
export function canUse(draft: Draft, name: string, subgraph: string): boolean {
  const seen = new Set<string>()
  const can = (it: string): boolean => {
    const abstract = draft.abstracts.get(it)
    if (abstract) return abstract.declared.has(subgraph) || abstract.entity?.objectIn === subgraph
    const type = draft.types.get(it)
    if (!type || seen.has(it)) return true
    seen.add(it)
    if (type.banned.has(subgraph)) return false
    if (type.kind !== 'value' || type.presence.has(subgraph)) return true
    return type.fields.every((field) => can(namedOf(field.shape)))
  }
  return can(name)
}

/** Puts a key of an entity into a subgraph, with the objects that it goes through. */
export function addKey(
  draft: Draft,
  presence: Presence,
  { key, subgraph }: { key: DraftKey; subgraph: string },
) {
  presence.keys.add(key)
  for (const field of key.fields) {
    field.owners.set(subgraph, [])
    const type = draft.types.get(namedOf(field.shape))
    if (!type) continue
    use(draft, type.name, subgraph)
    // The leaf of a path through another entity is a field of its key `id`.
    const inner = type.keys[0]
    const there = type.presence.get(subgraph)
    if (type.kind === 'entity' && inner && there) addKey(draft, there, { key: inner, subgraph })
  }
}

/** Makes a subgraph know a type: a value whole, an entity at least by a key. */
export function use(draft: Draft, name: string, subgraph: string): void {
  const type = draft.types.get(name)
  if (!type || type.presence.has(subgraph)) return
  const presence: Presence = { keys: new Set(), isResolvable: draft.random.chance(0.6) }
  type.presence.set(subgraph, presence)
  if (type.kind === 'entity') {
    addKey(draft, presence, { key: draft.random.pick(type.keys), subgraph })
  } else if (type.kind === 'value') {
    for (const field of type.fields) {
      field.owners.set(subgraph, [])
      use(draft, namedOf(field.shape), subgraph)
    }
  }
}

/** Lets a subgraph answer a field; its type must be usable there. */
export function own(draft: Draft, field: DraftField, subgraph: string): void {
  field.owners.set(subgraph, [])
  use(draft, namedOf(field.shape), subgraph)
}
