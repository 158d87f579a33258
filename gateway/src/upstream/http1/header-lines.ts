import { Http1Error } from './http1-error.ts'

declare const isChecked: unique symbol

/** Lines of a request's head that were checked; only {@link headerLines} makes them. */
export type HeaderLines = string & { readonly [isChecked]: true }

const token = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/
/** Anything else could end the line, also as the low byte of a wider character. */
const notValue = /[^\t\x20-\x7e\x80-\xff]/

/** Where a request begins and ends and what becomes of its connection: the client's own business. */
const own = new Set(
  ['host', 'content-length', 'transfer-encoding', 'connection', 'keep-alive', 'upgrade', 'expect'].concat([
    'te',
    'trailer',
    'proxy-connection',
    'http2-settings',
  ]),
)

/** Names that were found good, so that a name is looked at once and not for every call. */
const goodNames = new Set<string>()
const GOOD_NAMES_AT_MOST = 1000

function checkName(name: string): void {
  if (!token.test(name) || own.has(name.toLowerCase())) {
    throw new Http1Error('HTTP1_INVALID_REQUEST', `${JSON.stringify(name)} is no header that a call may set.`)
  }
  if (goodNames.size < GOOD_NAMES_AT_MOST) goodNames.add(name)
}

/**
 * The lines of these headers: name, value, name, value... One text may serve many calls.
 *
 * @throws Http1Error when a name is not a token or is the client's own to set, or a value could end its line
 */
export function headerLines(pairs: readonly string[]): HeaderLines {
  let lines = ''
  for (let index = 0; index < pairs.length; index += 2) {
    const name = pairs[index] ?? ''
    const value = pairs[index + 1] ?? ''
    if (!goodNames.has(name)) checkName(name)
    // The value itself may be a secret: the error only names its header.
    if (notValue.test(value)) {
      throw new Http1Error(
        'HTTP1_INVALID_REQUEST',
        `The value of ${name} has a character that no header may have.`,
      )
    }
    lines += `${name}: ${value}\r\n`
  }
  return lines as HeaderLines
}
