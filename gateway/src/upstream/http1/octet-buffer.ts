const FIRST_BYTES = 16_384
/** A kept connection holds on to no more than this between two answers. */
const KEPT_BYTES = 131_072
/** No more than this is set aside on the mere word of the server that so much will come. */
const PROMISED_BYTES = 1_048_576

/** Octets that came in several pieces, in one buffer that grows and serves answer after answer. */
export class OctetBuffer {
  bytes: Buffer = Buffer.alloc(0)
  length = 0

  /** Makes room for this many octets in all, if the promise is modest. */
  expect(length: number): void {
    this.#reserve(Math.min(length, PROMISED_BYTES))
  }

  append(source: Buffer, start: number, end: number): void {
    const length = this.length + end - start
    if (length > this.bytes.length) this.#reserve(Math.max(length, this.bytes.length * 2, FIRST_BYTES))
    source.copy(this.bytes, this.length, start, end)
    this.length = length
  }

  clear(): void {
    this.length = 0
    if (this.bytes.length > KEPT_BYTES) this.bytes = Buffer.alloc(0)
  }

  #reserve(capacity: number): void {
    if (capacity <= this.bytes.length) return
    // Not from Node's shared slab: it would be held for as long as the connection lives.
    const larger = Buffer.allocUnsafeSlow(capacity)
    this.bytes.copy(larger, 0, 0, this.length)
    this.bytes = larger
  }
}
