import { GraphQLError } from 'graphql'
import { type ErrorCode, isErrorCode } from './catalogue.ts'

/**
 * Makes the error of a code, to be thrown or returned. The message is for the caller: it names what came and what
 * would be accepted, and never what is inside the platform.
 */
export function fail(
  code: ErrorCode,
  message: string,
  extensions: Readonly<Record<string, unknown>> = {},
): GraphQLError {
  return new GraphQLError(message, { extensions: { ...extensions, code } })
}

/** The catalogue's code of an error, or undefined when it has none: then its text must not reach a caller. */
export function codeOf(error: unknown): ErrorCode | undefined {
  const code = error instanceof GraphQLError ? error.extensions.code : undefined
  return isErrorCode(code) ? code : undefined
}
