/** A type with its lists and non-nulls. */
export type Shape =
  | { readonly kind: 'named'; readonly name: string; readonly isNonNull: boolean }
  | { readonly kind: 'list'; readonly of: Shape; readonly isNonNull: boolean }

/** How a key field's value follows from the number of its entity, so that the number can be read back from it. */
export type KeyValue =
  /** `Type:number` */
  | { readonly kind: 'id' }
  /** `name/Type/number` */
  | { readonly kind: 'text' }
  /** The number itself. */
  | { readonly kind: 'number' }
  /** One of three names; never a key alone. */
  | { readonly kind: 'region' }
  /** An object of another type with the same number. */
  | { readonly kind: 'object'; readonly type: string }

/** A part of a `@requires` selection. */
export interface Required {
  readonly name: string
  /** All arguments, coerced as the subgraph gets them. */
  readonly args: Readonly<Record<string, unknown>>
  readonly selections: readonly Required[] | undefined
}

export interface FieldModel {
  readonly name: string
  /** The strictest of all subgraphs: data are null only where it lets them. */
  readonly shape: Shape
  /** Subgraphs that answer it. */
  readonly owners: readonly string[]
  /** Object types that may come out of it, where its type is abstract. */
  readonly members: readonly string[] | undefined
  readonly key: KeyValue | undefined
  readonly requires: readonly Required[] | undefined
  /** It never fails: others need it to be fetched. */
  readonly isSafe: boolean
}

/** An object type, as all subgraphs together have it. */
export interface ObjectModel {
  readonly name: string
  readonly kind: 'root' | 'entity' | 'value'
  readonly fields: Readonly<Record<string, FieldModel>>
  /** Subgraphs that may not know an entity that others know. */
  readonly missingIn: readonly string[]
  /** `@inaccessible` */
  readonly isHidden: boolean
}

/** One key of an entity in one subgraph: paths to its leaves. */
export type KeyPaths = readonly (readonly string[])[]

export interface SubgraphModel {
  readonly name: string
  readonly sdl: string
  /** Resolvable keys by type; `@interfaceObject` types and entity interfaces are among the types. */
  readonly keys: Readonly<Record<string, readonly KeyPaths[]>>
  /** Fields that must not be asked for here, or only under a `@provides`, by `Type.field`. */
  readonly barred: Readonly<Record<string, 'external' | 'overridden'>>
  /** `@provides` by `Type.field`. */
  readonly provides: Readonly<Record<string, readonly string[]>>
  readonly interfaceObjects: readonly string[]
}

export interface EnumModel {
  readonly name: string
  readonly values: readonly string[]
  /** `@inaccessible` */
  readonly hidden: readonly string[]
}

/** A federated schema and all that its data follow from; plain JSON. */
export interface World {
  readonly seed: number
  readonly subgraphs: readonly SubgraphModel[]
  readonly objects: Readonly<Record<string, ObjectModel>>
  readonly enums: Readonly<Record<string, EnumModel>>
  /** Subgraphs differ in what they call non-null: an error then reaches further up in one than in another. */
  readonly isUneven: boolean
}
