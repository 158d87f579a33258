import { HEAD_LIMIT_BYTES } from './head-reader.ts'
import { malformed, tooLarge } from './http1-error.ts'
import type { OctetBuffer } from './octet-buffer.ts'
import { CR, hexDigit, isValue, LF, SEMICOLON } from './octets.ts'

/** Where in a chunked body the next octet stands. */
type Place =
  | 'size'
  | 'extension'
  | 'size-lf'
  | 'content'
  | 'content-cr'
  | 'content-lf'
  | 'trailer'
  | 'trailer-line'
  | 'trailer-lf'
  | 'last-lf'
  | 'end'

/** More digits than any size has that we take. */
const SIZE_DIGITS_AT_MOST = 16

/** Takes a chunked body apart, https://www.rfc-editor.org/rfc/rfc9112#name-chunked-transfer-coding. */
export class ChunkReader {
  #place: Place = 'size'
  #size = 0
  #digits = 0
  /** Octets of extensions and trailers, which nobody reads. */
  #ignoredBytes = 0
  readonly #body: OctetBuffer
  readonly #maxBytes: number

  constructor(body: OctetBuffer, maxBytes: number) {
    this.#body = body
    this.#maxBytes = maxBytes
  }

  reset(): void {
    this.#place = 'size'
    this.#size = 0
    this.#digits = 0
    this.#ignoredBytes = 0
  }

  /**
   * Reads on, the content into the body. Returns where the body ends, or -1 while it has not.
   *
   * @throws Http1Error
   */
  read(bytes: Buffer, start: number, end: number): number {
    let at = start
    while (at < end) {
      if (this.#place === 'content') at = this.#readContent(bytes, at, end)
      else if (this.#place === 'size') this.#readSize(bytes[at++] ?? 0)
      else if (this.#place.startsWith('trailer')) this.#readTrailer(bytes[at++] ?? 0)
      else this.#readMark(bytes[at++] ?? 0)
      if (this.#place === 'end') return at
    }
    return -1
  }

  #readContent(bytes: Buffer, start: number, limit: number): number {
    const end = Math.min(limit, start + this.#size)
    this.#body.append(bytes, start, end)
    this.#size -= end - start
    if (this.#size === 0) this.#place = 'content-cr'
    return end
  }

  #readSize(octet: number): void {
    const digit = hexDigit[octet] ?? 255
    if (digit !== 255) {
      this.#size = this.#size * 16 + digit
      if (++this.#digits > SIZE_DIGITS_AT_MOST) throw malformed('the size of a chunk is too long')
      if (this.#body.length + this.#size > this.#maxBytes) throw tooLarge('body', this.#maxBytes)
      return
    }
    if (this.#digits === 0) throw malformed('a chunk has no size')
    if (octet === CR) this.#place = 'size-lf'
    else if (octet === SEMICOLON) this.#place = 'extension'
    else throw malformed('the size of a chunk is no number')
  }

  #readMark(octet: number): void {
    switch (this.#place) {
      case 'extension':
        if (octet === CR) this.#place = 'size-lf'
        else this.#ignore(octet)
        break
      case 'size-lf':
        need(octet, LF)
        this.#place = this.#size === 0 ? 'trailer' : 'content'
        this.#digits = 0
        break
      case 'content-cr':
        need(octet, CR)
        this.#place = 'content-lf'
        break
      case 'content-lf':
        need(octet, LF)
        this.#place = 'size'
        break
      case 'last-lf':
        need(octet, LF)
        this.#place = 'end'
        break
    }
  }

  #readTrailer(octet: number): void {
    if (this.#place === 'trailer-lf') {
      need(octet, LF)
      this.#place = 'trailer'
    } else if (octet === CR) {
      this.#place = this.#place === 'trailer' ? 'last-lf' : 'trailer-lf'
    } else {
      this.#ignore(octet)
      this.#place = 'trailer-line'
    }
  }

  #ignore(octet: number): void {
    if (isValue[octet] === 0) throw malformed('a control character beside its chunks')
    if (++this.#ignoredBytes > HEAD_LIMIT_BYTES) throw tooLarge('head', HEAD_LIMIT_BYTES)
  }
}

function need(octet: number, expected: number): void {
  if (octet !== expected) throw malformed('a chunk does not end where its size says')
}
