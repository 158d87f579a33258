/** One refused field of an input. */
export interface FieldProblem {
  /** Path within `input`, joined by dots: `holder.email`. */
  readonly path: string
  /** What it held and what would be accepted. */
  readonly message: string
}

/** The input was understood and refused. */
export interface ValidationError {
  readonly __typename: 'ValidationError'
  readonly message: string
  readonly fields: FieldProblem[]
}

/** The expected outcome "this input is refused", of one refused field or several. */
export function validationError(...fields: readonly FieldProblem[]): ValidationError {
  const message = fields.length === 1 ? (fields[0]?.message ?? '') : `${fields.length} fields were refused.`
  return { __typename: 'ValidationError', message, fields: [...fields] }
}

/** The expected outcome "there is no such thing for you": also what a foreign tenant's id answers. */
export function notFound(what: string): { readonly __typename: 'NotFound'; readonly message: string } {
  return { __typename: 'NotFound', message: `There is no such ${what}.` }
}

/** The expected outcome "the state of the thing does not allow this". */
export function conflict(
  message: string,
  version = 0,
): { readonly __typename: 'Conflict'; readonly message: string; readonly version: number } {
  return { __typename: 'Conflict', message, version }
}

/** The expected outcome "not on this": the operation's scope is there, the right on this thing is not. */
export function forbidden(message: string): { readonly __typename: 'Forbidden'; readonly message: string } {
  return { __typename: 'Forbidden', message }
}

/** The expected outcome "that key was used for something else". */
export function idempotencyConflict(message: string): {
  readonly __typename: 'IdempotencyConflict'
  readonly message: string
} {
  return { __typename: 'IdempotencyConflict', message }
}
