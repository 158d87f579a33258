import type { IncomingHttpHeaders } from 'node:http'
import { fail } from '@headcount/errors'

/** Where a token stands in a request. */
export interface TokenPlace {
  /** Name of the header; default `authorization`. */
  readonly headerName?: string | undefined
  /** What stands before the token in it; default `Bearer`, '' = nothing. */
  readonly headerPrefix?: string | undefined
}

/**
 * Finds the token of a request; undefined = it has none.
 *
 * @throws GraphQLError UNAUTHENTICATED when a header for it holds something else
 */
export type FindToken = (headers: IncomingHttpHeaders) => string | undefined

const blank = 0x20

/** The token after a prefix, whose case does not matter (https://www.rfc-editor.org/rfc/rfc9110#section-11.1). */
function after(value: string, prefix: string): string | undefined {
  if (prefix !== '') {
    if (value.charCodeAt(prefix.length) !== blank) return undefined
    if (value.slice(0, prefix.length).toLowerCase() !== prefix) return undefined
  }
  const token = value.slice(prefix.length).trim()
  return token === '' || token.includes(' ') ? undefined : token
}

function expected({ name, written }: { readonly name: string; readonly written: string }): string {
  const header = name === 'authorization' ? 'Authorization' : name
  if (written === '') return `The header "${header}" must be an access token.`
  return `The header must be "${header}: ${written}" and an access token.`
}

/** A finder that looks at each place in turn. */
export function tokenFinder(places: readonly TokenPlace[]): FindToken {
  const all = places.map(({ headerName = 'authorization', headerPrefix = 'Bearer' }) => ({
    name: headerName.toLowerCase(),
    written: headerPrefix,
    prefix: headerPrefix.toLowerCase(),
  }))
  return (headers) => {
    let odd: (typeof all)[number] | undefined
    for (const place of all) {
      const value = headers[place.name]
      if (value === undefined) continue
      const token = after(typeof value === 'string' ? value : value.join(', '), place.prefix)
      if (token !== undefined) return token
      odd ??= place
    }
    if (odd) throw fail('UNAUTHENTICATED', expected(odd))
    return undefined
  }
}
