import { ChunkReader } from './chunk-reader.ts'
import { HeadReader } from './head-reader.ts'
import { malformed, tooLarge } from './http1-error.ts'
import { OctetBuffer } from './octet-buffer.ts'

/** More informational heads than any server sends before an answer. */
const INFORMATIONAL_AT_MOST = 16

type Phase = 'head' | 'sized' | 'chunked' | 'until-close'

/**
 * Reads one answer after the other from a connection, however its octets are cut into pieces. What it shows of an
 * answer that is whole (`head`, `bodyBytes`...) holds until the next piece is read.
 */
export class AnswerReader {
  readonly head = new HeadReader()
  /** The body, as it was transferred, is `bodyBytes` from `bodyStart` to `bodyEnd`. */
  bodyBytes: Buffer
  bodyStart = 0
  bodyEnd = 0

  #phase: Phase = 'head'
  #informational = 0
  /** A head that came in pieces. */
  readonly #held = new OctetBuffer()
  readonly #body = new OctetBuffer()
  readonly #chunks: ChunkReader
  readonly #maxBodyBytes: number

  constructor(maxBodyBytes: number) {
    this.#maxBodyBytes = maxBodyBytes
    this.#chunks = new ChunkReader(this.#body, maxBodyBytes)
    this.bodyBytes = this.#body.bytes
  }

  /** Whether the end of the connection, coming now, makes the answer whole. */
  get endsWithConnection(): boolean {
    return this.#phase === 'until-close'
  }

  /** For the next answer on the same connection. */
  reset(): void {
    this.head.reset()
    this.#phase = 'head'
    this.#informational = 0
    this.#held.clear()
    this.#body.clear()
    this.#chunks.reset()
    this.bodyBytes = this.#body.bytes
    this.bodyStart = 0
    this.bodyEnd = 0
  }

  /**
   * Reads the next piece, the first `length` octets of a buffer that may be reused afterwards. Returns whether the
   * answer is whole.
   *
   * @throws Http1Error when it is none, is over a limit, or is followed by octets that nobody asked for
   */
  read(bytes: Buffer, length: number): boolean {
    switch (this.#phase) {
      case 'head':
        return this.#readHead(bytes, length)
      case 'sized':
        return this.#readSized(bytes, 0, length)
      case 'chunked':
        return this.#readChunked(bytes, 0, length)
      case 'until-close':
        return this.#readUntilClose(bytes, 0, length)
    }
  }

  /** The connection has ended where {@link endsWithConnection}. */
  end(): void {
    this.#showBody()
  }

  #readHead(piece: Buffer, pieceLength: number): boolean {
    let bytes = piece
    let length = pieceLength
    if (this.#held.length > 0) {
      this.#held.append(piece, 0, pieceLength)
      bytes = this.#held.bytes
      length = this.#held.length
    }
    const headEnd = this.head.read(bytes, length)
    if (headEnd === -1) {
      if (this.#held.length === 0) this.#held.append(bytes, 0, length)
      return false
    }
    if (this.head.status < 200) return this.#skipInformational(bytes.subarray(headEnd, length))
    return this.#startBody(bytes, headEnd, length)
  }

  /** `100 Continue`, `103 Early Hints`: the answer comes after them. */
  #skipInformational(rest: Buffer): boolean {
    if (this.head.status === 101) throw malformed('it switches to a protocol that was not asked for')
    if (++this.#informational > INFORMATIONAL_AT_MOST) throw malformed('there are too many heads before it')
    this.head.reset()
    // The rest may stand in the held buffer itself, which then takes it from there to its beginning.
    this.#held.clear()
    return rest.length > 0 && this.#readHead(rest, rest.length)
  }

  /** https://www.rfc-editor.org/rfc/rfc9112#name-message-body-length */
  #startBody(bytes: Buffer, start: number, end: number): boolean {
    const { status, contentLength, isChunked } = this.head
    if (status === 204 || status === 304) {
      // One that is announced may still be on its way, and would stand before the next answer.
      const isAnnounced = status === 204 && (contentLength > 0 || isChunked)
      if (end > start || isAnnounced) throw malformed('there is a body where none may be')
      return true
    }
    if (isChunked) {
      this.#phase = 'chunked'
      return this.#readChunked(bytes, start, end)
    }
    if (contentLength === -1) {
      this.#phase = 'until-close'
      return this.#readUntilClose(bytes, start, end)
    }
    if (contentLength > this.#maxBodyBytes) throw tooLarge('body', this.#maxBodyBytes)
    if (end - start === contentLength) {
      // All of it came in one piece, as most answers do: nothing is copied.
      this.bodyBytes = bytes
      this.bodyStart = start
      this.bodyEnd = end
      return true
    }
    this.#phase = 'sized'
    this.#body.expect(contentLength)
    return this.#readSized(bytes, start, end)
  }

  #readSized(bytes: Buffer, start: number, end: number): boolean {
    const missing = this.head.contentLength - this.#body.length
    if (end - start > missing) throw malformed('its body is longer than its content-length')
    this.#body.append(bytes, start, end)
    if (end - start < missing) return false
    this.#showBody()
    return true
  }

  #readChunked(bytes: Buffer, start: number, end: number): boolean {
    const bodyEnd = this.#chunks.read(bytes, start, end)
    if (bodyEnd === -1) return false
    if (bodyEnd < end) throw malformed('there is more after its last chunk')
    this.#showBody()
    return true
  }

  #readUntilClose(bytes: Buffer, start: number, end: number): boolean {
    if (this.#body.length + end - start > this.#maxBodyBytes) throw tooLarge('body', this.#maxBodyBytes)
    this.#body.append(bytes, start, end)
    return false
  }

  #showBody(): void {
    this.bodyBytes = this.#body.bytes
    this.bodyStart = 0
    this.bodyEnd = this.#body.length
  }
}
