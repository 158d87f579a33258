import { malformed, tooLarge } from './http1-error.ts'
import { COLON, CR, isToken, isValue, LF, SPACE, TAB } from './octets.ts'

/** Octets of a head; and of the extensions and trailers of a chunked body, together. */
export const HEAD_LIMIT_BYTES = 65_536

const LONGEST_LENGTH_DIGITS = 15
const httpVersion = Buffer.from('HTTP/1.')
const contentLength = Buffer.from('content-length')
const contentEncoding = Buffer.from('content-encoding')
const transferEncoding = Buffer.from('transfer-encoding')
const connection = Buffer.from('connection')
const keepAlive = Buffer.from('keep-alive')

/**
 * Reads the head of an answer and of its headers those that say where the answer ends and what becomes of the
 * connection. Strict where two readers might differ (RFC 9112, sections 2.2, 5 and 6.3): a line ends with CR LF, a name
 * is a token right before its colon, no line is folded, there is one length.
 */
export class HeadReader {
  status = 0
  /** Octets of the body; -1 = not said. */
  contentLength = -1
  isChunked = false
  /** `content-encoding`, in lower case; empty = none. */
  encoding = ''
  /** How long the server says that it keeps an idle connection; -1 = not said. */
  keepAliveSeconds = -1

  #minorVersion = 0
  #saysClose = false
  #saysKeepAlive = false
  #lineStart = 0
  #keepAliveText = ''
  #keepAliveTextSeconds = -1

  /** Whether the connection may carry another call after this answer. */
  get isKept(): boolean {
    return !this.#saysClose && (this.#minorVersion === 1 || this.#saysKeepAlive)
  }

  reset(): void {
    this.status = 0
    this.contentLength = -1
    this.isChunked = false
    this.encoding = ''
    this.keepAliveSeconds = -1
    this.#saysClose = false
    this.#saysKeepAlive = false
    this.#lineStart = 0
  }

  /**
   * Reads what is there of a head that begins at 0; when called again with more of it, goes on at the line where it
   * stopped. Returns where the head ends, or -1 while it has not.
   *
   * @throws Http1Error
   */
  read(bytes: Buffer, length: number): number {
    for (let at = this.#lineStart; at < length; at++) {
      if (bytes[at] !== LF) continue
      const start = this.#lineStart
      if (at === start || bytes[at - 1] !== CR) throw malformed('a line of its head does not end with CR LF')
      this.#lineStart = at + 1
      if (this.status === 0) this.#readStatusLine(bytes, start, at - 1)
      else if (at - 1 > start) this.#readHeader(bytes, start, at - 1)
      else return this.#end(at + 1)
    }
    // What follows the head in the same piece is no part of it: only an open head can be too long here.
    if (length > HEAD_LIMIT_BYTES) throw tooLarge('head', HEAD_LIMIT_BYTES)
    return -1
  }

  #end(length: number): number {
    if (length > HEAD_LIMIT_BYTES) throw tooLarge('head', HEAD_LIMIT_BYTES)
    if (this.isChunked && (this.contentLength !== -1 || this.#minorVersion === 0)) {
      throw malformed('its length is given in two ways')
    }
    return length
  }

  #readStatusLine(bytes: Buffer, start: number, end: number): void {
    const minor = (bytes[start + 7] ?? 0) - 0x30
    const hundreds = (bytes[start + 9] ?? 0) - 0x30
    const tens = (bytes[start + 10] ?? 0) - 0x30
    const ones = (bytes[start + 11] ?? 0) - 0x30
    const isGood =
      end - start >= 12 &&
      isSame(bytes, start, httpVersion) &&
      (minor === 0 || minor === 1) &&
      bytes[start + 8] === SPACE &&
      // No status is below 100, and none that servers send above 599.
      hundreds >= 1 &&
      hundreds <= 5 &&
      isDigit(tens) &&
      isDigit(ones) &&
      // The space before an empty reason is left out by some servers.
      (end - start === 12 || bytes[start + 12] === SPACE)
    if (!isGood) throw malformed('its first line is no status line')
    checkValue(bytes, start + 12, end)
    this.#minorVersion = minor
    this.status = hundreds * 100 + tens * 10 + ones
  }

  #readHeader(bytes: Buffer, start: number, end: number): void {
    let colon = start
    while (colon < end && isToken[bytes[colon] ?? 0] === 1) colon++
    if (colon === start || bytes[colon] !== COLON) throw malformed('a header has no valid name')
    checkValue(bytes, colon + 1, end)
    // Only names of these lengths matter.
    switch (colon - start) {
      case 10:
        if (isName(bytes, start, connection)) this.#readConnection(textBetween(bytes, colon + 1, end))
        else if (isName(bytes, start, keepAlive)) this.#readKeepAlive(textBetween(bytes, colon + 1, end))
        break
      case 14:
        if (isName(bytes, start, contentLength)) this.#readContentLength(textBetween(bytes, colon + 1, end))
        break
      case 16:
        if (isName(bytes, start, contentEncoding)) this.#readEncoding(textBetween(bytes, colon + 1, end))
        break
      case 17:
        if (isName(bytes, start, transferEncoding))
          this.#readTransferEncoding(textBetween(bytes, colon + 1, end))
        break
    }
  }

  #readContentLength(value: string): void {
    const isGood = value.length <= LONGEST_LENGTH_DIGITS && /^[0-9]+$/.test(value)
    if (!isGood) throw malformed('its content-length is no number')
    const length = Number(value)
    if (this.contentLength !== -1 && this.contentLength !== length) throw malformed('it has two lengths')
    this.contentLength = length
  }

  /** A coding that is not the chunked one, or on top of it, was not asked for (no `te` is ever sent). */
  #readTransferEncoding(value: string): void {
    if (this.isChunked || value.toLowerCase() !== 'chunked')
      throw malformed('its transfer-encoding is not chunked')
    this.isChunked = true
  }

  #readEncoding(value: string): void {
    const encoding = value.toLowerCase()
    if (encoding === '' || encoding === 'identity') return
    this.encoding = this.encoding ? `${this.encoding}, ${encoding}` : encoding
  }

  #readConnection(value: string): void {
    // What nearly every server says.
    if (value === 'keep-alive') {
      this.#saysKeepAlive = true
      return
    }
    for (const option of value.toLowerCase().split(',')) {
      if (option.trim() === 'close') this.#saysClose = true
      if (option.trim() === 'keep-alive') this.#saysKeepAlive = true
    }
  }

  /** `timeout=5, max=100`: the same text in every answer of a server, so it is read once. */
  #readKeepAlive(value: string): void {
    if (value !== this.#keepAliveText) {
      this.#keepAliveText = value
      const seconds = /(?:^|,)[\t ]*timeout=([0-9]{1,9})[\t ]*(?:,|$)/i.exec(value)?.[1]
      this.#keepAliveTextSeconds = seconds === undefined ? -1 : Number(seconds)
    }
    this.keepAliveSeconds = this.#keepAliveTextSeconds
  }
}

function isDigit(value: number): boolean {
  return value >= 0 && value <= 9
}

function isSame(bytes: Buffer, start: number, text: Buffer): boolean {
  for (let index = 0; index < text.length; index++) if (bytes[start + index] !== text[index]) return false
  return true
}

/** In either case of letters: of a token's octets, only letters and `-` reach one of the names by bit 5. */
function isName(bytes: Buffer, start: number, name: Buffer): boolean {
  for (let index = 0; index < name.length; index++) {
    if (((bytes[start + index] ?? 0) | 0x20) !== name[index]) return false
  }
  return true
}

function checkValue(bytes: Buffer, start: number, end: number): void {
  for (let at = start; at < end; at++) {
    if (isValue[bytes[at] ?? 0] === 0) throw malformed('a line of its head has a control character')
  }
}

function textBetween(bytes: Buffer, start: number, end: number): string {
  let from = start
  let to = end
  while (from < to && (bytes[from] === SPACE || bytes[from] === TAB)) from++
  while (to > from && (bytes[to - 1] === SPACE || bytes[to - 1] === TAB)) to--
  return bytes.toString('latin1', from, to)
}
