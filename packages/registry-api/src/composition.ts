/** A position in a subgraph's schema text; lines and columns count from 1. */
export interface Place {
  readonly subgraph: string
  readonly file: string
  readonly line: number
  readonly column: number
}

/** One reason why subgraphs do not compose. */
export interface CompositionError {
  /** Apollo's composition code (`INVALID_FIELD_SHARING`), or one of ours (`NO_SUBGRAPHS`, `DIRECTIVE_NOT_COMPOSED`, `AUDIENCE_MISMATCH`). */
  readonly code: string
  readonly message: string
  /** The subgraph to look at first, when one can be named. */
  readonly subgraph?: string
  readonly file?: string
  /** From 1. */
  readonly line?: number
  /** From 1. */
  readonly column?: number
  /** How such an error is mended. */
  readonly hint?: string | undefined
  /** The other places that take part in the conflict. */
  readonly related: readonly Place[]
}

/** A remark of composition that stops nothing. */
export interface CompositionHint {
  /** Apollo's hint code (`INCONSISTENT_DESCRIPTION`), or one of ours (`REQUIRES_WITH_ARGUMENTS`). */
  readonly code: string
  readonly level: 'warning' | 'info'
  readonly message: string
  readonly places: readonly Place[]
}
