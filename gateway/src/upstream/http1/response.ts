/** An answer, whole. */
export class Http1Response {
  readonly status: number
  /** Decoded as UTF-8, without a byte order mark; an octet that is not valid becomes U+FFFD. */
  readonly body: string

  constructor(status: number, body: string) {
    this.status = status
    this.body = body
  }
}
