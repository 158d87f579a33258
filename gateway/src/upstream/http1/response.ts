/** An answer, whole. */
export class Http1Response {
  readonly status: number
  /** Decoded as UTF-8, without a byte order mark; an octet that is not valid becomes U+FFFD. */
  readonly body: string
  readonly #headText: string
  #lowerCaseHead = ''

  constructor(status: number, headText: string, body: string) {
    this.status = status
    this.body = body
    this.#headText = headText
  }

  /** A header's value by its name, in any case; several of one name are joined with `, `. Looked up when asked for. */
  header(name: string): string | undefined {
    this.#lowerCaseHead ||= lowerCaseAscii(this.#headText)
    const start = `\r\n${name.toLowerCase()}:`
    let value: string | undefined
    for (
      let at = this.#lowerCaseHead.indexOf(start);
      at !== -1;
      at = this.#lowerCaseHead.indexOf(start, at + 2)
    ) {
      const end = this.#headText.indexOf('\r\n', at + 2)
      const next = this.#headText.slice(at + start.length, end).replace(/^[\t ]+|[\t ]+$/g, '')
      value = value === undefined ? next : `${value}, ${next}`
    }
    return value
  }
}

/** Of the same length as the text, which `toLowerCase` does not promise beyond ASCII. */
function lowerCaseAscii(text: string): string {
  return text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase())
}
