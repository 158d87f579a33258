import { refusal, type Viewer } from '@headcount/access'
import {
  GraphQLError,
  type GraphQLObjectType,
  type GraphQLOutputType,
  isEnumType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  isSpecifiedScalarType,
} from 'graphql'
import { KnownPaths } from './known-paths.ts'
import type { FieldShape, SelectionShape } from './shape.ts'

export type ErrorPath = readonly (string | number)[]

/** Stands for a value that is null where it may not be: the next value above that may be null is null in its place. */
const nothing = Symbol('nothing')

type Completed = unknown | typeof nothing

/**
 * Makes the answer's object exactly as https://spec.graphql.org/October2021/#sec-Handling-Field-Errors wants it: values
 * that are no values of their type are null with an error, null where it may not be takes its parent along. Where an
 * error is known already for a place, or for one around or within it, nothing is added: it says why there is a null.
 * The careful way beside `project`, which takes the quick one and gives up where this one is needed.
 */
export class Completion {
  readonly errors: GraphQLError[] = []
  private readonly explained: KnownPaths
  private readonly takenAlong: KnownPaths
  private readonly path: (string | number)[] = []
  private readonly viewer: Viewer | undefined

  /** @param known paths of errors, and of what is not there for an error elsewhere */
  constructor(
    known: { readonly errors: Iterable<ErrorPath>; readonly takenAlong: Iterable<ErrorPath> },
    viewer: Viewer | undefined,
  ) {
    this.explained = new KnownPaths(known.errors)
    this.takenAlong = new KnownPaths(known.takenAlong)
    this.viewer = viewer
  }

  /** The data of the answer; null when nothing is left of it. */
  root(type: GraphQLObjectType, selection: SelectionShape, data: unknown): Record<string, unknown> | null {
    const completed = this.object(type, selection, data as Record<string, unknown>)
    return completed === nothing ? null : (completed as Record<string, unknown>)
  }

  /** An object somewhere in the answer, as the root of a part that comes later. */
  part(
    place: ErrorPath,
    of: { readonly type: GraphQLObjectType; readonly selection: SelectionShape },
    data: Readonly<Record<string, unknown>>,
  ): Record<string, unknown> | null {
    this.path.push(...place)
    const completed = this.object(of.type, of.selection, data)
    this.path.length = 0
    return completed === nothing ? null : (completed as Record<string, unknown>)
  }

  private object(
    type: GraphQLObjectType,
    selection: SelectionShape,
    data: Readonly<Record<string, unknown>>,
  ): Completed {
    const result: Record<string, unknown> = {}
    for (const field of selection.fieldsOf(type)) {
      this.path.push(field.key)
      const value = this.field(field, type, data)
      this.path.pop()
      if (value === nothing) return nothing
      result[field.key] = value
    }
    return result
  }

  private field(
    field: FieldShape,
    type: GraphQLObjectType,
    data: Readonly<Record<string, unknown>>,
  ): Completed {
    if (field.from === 'typename') return type.name
    if (field.from === 'schema') return data[field.dataKey] ?? null
    if (field.refused) {
      const { coordinate, requirement } = field.refused
      this.add(refusal(this.viewer, coordinate, requirement))
      return isNonNullType(field.type) ? nothing : null
    }
    const coordinate = `${type.name}.${field.name}`
    return this.value(field.type, data[field.dataKey], { coordinate, selection: field.selection })
  }

  private value(type: GraphQLOutputType, value: unknown, of: Place): Completed {
    if (isNonNullType(type)) {
      const completed = this.nullable(type.ofType, value, of)
      // What made `nothing` of a value within it has told why.
      if (completed !== null) return completed
      const isTakenAlong = value === undefined && this.takenAlong.explain(this.path)
      if (!isTakenAlong) {
        this.addUnlessExplained(() => `Cannot return null for non-nullable field ${of.coordinate}.`)
      }
      return nothing
    }
    const completed = this.nullable(type, value, of)
    return completed === nothing ? null : completed
  }

  private nullable(type: GraphQLOutputType, value: unknown, of: Place): Completed {
    if (value === null || value === undefined) return null
    if (isListType(type)) return this.list(type.ofType, value, of)
    if (of.selection) return this.composite(of.selection, value, of)
    if (isLeafType(type)) return this.leaf(type, value, of)
    return null
  }

  private list(item: GraphQLOutputType, value: unknown, of: Place): Completed {
    if (!Array.isArray(value)) return this.bad(of, 'a list', value)
    const result: unknown[] = []
    for (const [index, entry] of value.entries()) {
      this.path.push(index)
      const completed = this.value(item, entry, of)
      this.path.pop()
      if (completed === nothing) return nothing
      result.push(completed)
    }
    return result
  }

  private composite(selection: SelectionShape, value: unknown, of: Place): Completed {
    if (typeof value !== 'object' || Array.isArray(value)) return this.bad(of, 'an object', value)
    const data = value as Readonly<Record<string, unknown>>
    if (isObjectType(selection.type)) return this.object(selection.type, selection, data)
    const type = selection.typeOf(data.__typename)
    if (type) return this.object(type, selection, data)
    this.addUnlessExplained(() => `${of.coordinate} is of a type that the schema does not show.`)
    return null
  }

  private leaf(type: Parameters<typeof isSpecifiedScalarType>[0], value: unknown, of: Place): Completed {
    if (isEnumType(type)) {
      if (typeof value === 'string' && type.getValue(value)) return value
      return this.bad(of, `a value of ${type.name}`, value)
    }
    if (!isSpecifiedScalarType(type) || !isLeafType(type)) return value
    try {
      return type.serialize(value)
    } catch {
      return this.bad(of, `a value of ${type.name}`, value)
    }
  }

  /** A value that is none of its type is null, and an error. */
  private bad(of: Place, expected: string, value: unknown): null {
    const kind = value === null ? 'null' : Array.isArray(value) ? 'a list' : typeof value
    this.addUnlessExplained(() => `${of.coordinate} should be ${expected}; a subgraph gave another ${kind}.`)
    return null
  }

  private addUnlessExplained(message: () => string): void {
    if (!this.explained.explain(this.path)) this.add(new GraphQLError(message()))
  }

  private add(error: GraphQLError): void {
    const path = [...this.path]
    this.explained.add(path)
    this.errors.push(new GraphQLError(error.message, { path, extensions: error.extensions }))
  }
}

interface Place {
  readonly coordinate: string
  readonly selection: SelectionShape | undefined
}
