/** What ended a call. Errors of the system (`ECONNREFUSED`, `ENOTFOUND`...) keep their own code. */
export type Http1ErrorCode =
  /** The connection ended before the answer was whole. */
  | 'ECONNRESET'
  /** No connection within `connectTimeoutMs`. */
  | 'HTTP1_CONNECT_TIMEOUT'
  /** All connections are busy and as many calls wait as may. */
  | 'HTTP1_QUEUE_FULL'
  /** What came is not an HTTP/1.x answer, or one that could be read in two ways. */
  | 'HTTP1_MALFORMED'
  /** Head or body over its limit. */
  | 'HTTP1_TOO_LARGE'
  /** The body is not in the encoding that its head names, or in one that we do not know. */
  | 'HTTP1_ENCODING'
  /** The pool no longer takes calls. */
  | 'HTTP1_CLOSED'
  /** A header or path that must not go into a request. */
  | 'HTTP1_INVALID_REQUEST'

/** A call that got no answer. */
export class Http1Error extends Error {
  override readonly name = 'Http1Error'
  readonly code: string
  /**
   * The call went out on a kept connection that ended before any byte of an answer: most likely the server had closed
   * it at that very moment. A call that may be repeated may be sent once more.
   */
  readonly isStale: boolean

  constructor(
    code: Http1ErrorCode | (string & {}),
    message: string,
    options: { readonly isStale?: boolean; readonly cause?: unknown } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause })
    this.code = code
    this.isStale = options.isStale ?? false
  }
}

/** An answer that breaks the protocol. */
export function malformed(what: string): Http1Error {
  return new Http1Error('HTTP1_MALFORMED', `The server's answer is not valid HTTP/1.1: ${what}.`)
}

/** An answer over one of our limits. */
export function tooLarge(part: 'head' | 'body', limitBytes: number): Http1Error {
  return new Http1Error('HTTP1_TOO_LARGE', `The ${part} of the answer is over ${limitBytes} bytes.`)
}
