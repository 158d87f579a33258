import { type GraphQLObjectType, Kind, parse, type SelectionSetNode } from 'graphql'
import type { ErrorPath } from './complete.ts'
import type { PossibleTypes } from './possible-types.ts'
import type { Block } from './schedule.ts'
import type { SelectionShape, Shapes } from './shape.ts'

type Value = Readonly<Record<string, unknown>>

/** An object of the answer that gets more later. */
export interface DeferredPlace {
  readonly place: ErrorPath
  readonly type: GraphQLObjectType
  readonly data: Value
}

/** The deferred blocks of a program. */
export interface Deferred {
  readonly blocks: readonly Block[]
  /** What a block adds to an object of a type. */
  selectionOf(block: number, type: GraphQLObjectType): SelectionShape
  /** The objects that a block adds to. */
  placesOf(block: number, data: Value, types: PossibleTypes): DeferredPlace[]
}

/** The selection set of a text like `{ a { b } }`; an absent one selects nothing. */
export function selectionSetOf(text: string | undefined): SelectionSetNode {
  const [definition] = text === undefined ? [] : parse(text, { noLocation: true }).definitions
  if (definition?.kind === Kind.OPERATION_DEFINITION) return definition.selectionSet
  return { kind: Kind.SELECTION_SET, selections: [] }
}

/** Walks the answer along a block's path; `whole` says which type stands where. */
class Walk {
  readonly found: DeferredPlace[] = []
  private readonly path: readonly string[]
  private readonly types: PossibleTypes

  constructor(path: readonly string[], types: PossibleTypes) {
    this.path = path
    this.types = types
  }

  visit(
    value: unknown,
    selection: SelectionShape,
    at: { readonly depth: number; readonly place: ErrorPath },
  ) {
    if (typeof value !== 'object' || value === null) return
    const { depth, place } = at
    if (Array.isArray(value)) {
      for (const [index, item] of value.entries())
        this.visit(item, selection, { depth, place: [...place, index] })
      return
    }
    const data = value as Value
    const type = selection.typeOf(data.__typename)
    if (!type) return
    const segment = this.path[depth]
    if (segment === undefined) {
      this.found.push({ place, type, data })
      return
    }
    if (segment.startsWith('... on ')) {
      const fits = this.types.of(segment.slice('... on '.length)).has(type.name)
      if (fits) this.visit(data, selection, { depth: depth + 1, place })
      return
    }
    const field = selection.fieldsOf(type).find(({ dataKey }) => dataKey === segment)
    if (!field?.selection) return
    this.visit(data[segment], field.selection, { depth: depth + 1, place: [...place, field.key] })
  }
}

/** Makes the deferred blocks ready. */
export function compileDeferred(blocks: readonly Block[], shapes: Shapes, whole: SelectionShape): Deferred {
  const sets = blocks.map(({ selection }) => selectionSetOf(selection))
  const known = new Map<string, SelectionShape>()
  return {
    blocks,
    selectionOf(block, type) {
      const key = `${block} ${type.name}`
      const before = known.get(key)
      if (before) return before
      const shape = shapes.of(type, sets[block - 1] ?? selectionSetOf(undefined))
      known.set(key, shape)
      return shape
    },
    placesOf(block, data, types) {
      const walk = new Walk(blocks[block - 1]?.path ?? [], types)
      walk.visit(data, whole, { depth: 0, place: [] })
      return walk.found
    },
  }
}
