/** `GET /graph[?version=]`: the composed graph for people who look at it. */
export interface GraphDescription {
  readonly version: number
  readonly subgraphs: readonly {
    readonly name: string
    readonly url: string
    /** Types that it defines or contributes to. */
    readonly types: number
    readonly fields: number
  }[]
  /** Sorted by name; what federation itself brings is not among them. */
  readonly types: readonly DescribedType[]
}

/** A type of the API. */
export interface DescribedType {
  readonly name: string
  readonly kind: 'OBJECT' | 'INTERFACE' | 'UNION' | 'ENUM' | 'INPUT_OBJECT' | 'SCALAR'
  readonly description: string | null
  /** Subgraphs that define it or contribute to it. */
  readonly owners: readonly string[]
  /** Subgraphs that resolve it by a key, with the keys. */
  readonly keys: readonly { readonly subgraph: string; readonly fields: string }[]
  readonly tags: readonly string[]
  readonly interfaces: readonly string[]
  /** Members of a union, or objects that implement an interface. */
  readonly members: readonly string[]
  readonly fields: readonly DescribedField[]
  readonly values: readonly {
    readonly name: string
    readonly description: string | null
    readonly deprecationReason: string | null
  }[]
}

/** A field of an object, an interface or an input. */
export interface DescribedField {
  readonly name: string
  /** As in SDL: `[Zone!]!`. */
  readonly type: string
  readonly description: string | null
  readonly deprecationReason: string | null
  /** Subgraphs that answer it. */
  readonly owners: readonly string[]
  readonly tags: readonly string[]
  readonly args: readonly {
    readonly name: string
    readonly type: string
    readonly description: string | null
    readonly defaultValue: string | null
    readonly deprecationReason: string | null
  }[]
}
