/** A part of the graph for some: the API schema with only what its tags let through. Path `/contracts/<name>`. */
export interface Contract {
  /** A letter, then letters, digits, `-`, `_`; at most 63 characters. */
  readonly name: string
  /** Tags of which an object's or interface's field, or its type, must have one; empty = none is needed. */
  readonly include: readonly string[]
  /** Tags of which an element may have none; goes before `include`. */
  readonly exclude: readonly string[]
  /** Whether types that no field leads to any more are hidden too; default true. */
  readonly hidesUnreachable: boolean
}

/** `GET /contracts`, and the answer to `PUT /contracts/<name>`: 200, or 422 when it was stored and does not work. */
export interface ContractSummary extends Contract {
  /** The version whose part of the graph is served; null = it has not worked yet. */
  readonly servedVersion: number | null
  /** SHA-256 of the supergraph that is served, hexadecimal. */
  readonly hash: string | null
  /** Why it does not work with the live version; empty = it does, or nothing is live. */
  readonly errors: readonly string[]
}
