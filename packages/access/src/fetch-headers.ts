import { createHash } from 'node:crypto'

/**
 * HTTP header that marks a fetch of the gateway, or of a service, to a service: with {@link leanFetchValue} and a signed
 * viewer it is answered by the lean path (`docs/decisions/lean-fetches.md`). Servers that don't know it answer as ever.
 */
export const leanFetchHeader = 'x-headcount-fetch'

/** The one value of {@link leanFetchHeader}. */
export const leanFetchValue = '1'

/**
 * By which id a service knows a document once it has validated its text: `sha256:` and the SHA-256 of the text's UTF-8,
 * in 64 lower-case hexadecimal digits. Takes some 5 µs: keep it beside the text.
 */
export function documentIdOf(text: string): string {
  return `sha256:${createHash('sha256').update(text).digest('hex')}`
}
