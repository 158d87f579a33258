import type { GraphQLFormattedError } from 'graphql'

/** A subscription that does not begin, and why; the errors are masked. */
export class Refused extends Error {
  readonly errors: readonly GraphQLFormattedError[]
  constructor(errors: readonly GraphQLFormattedError[]) {
    super(errors[0]?.message ?? 'refused')
    this.errors = errors
  }
}
