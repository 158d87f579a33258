/** The least that is asked of the memory at once. */
const leastBytes = 512

/**
 * Bytes that come in pieces. Holds at most twice what has come, however small the pieces and however much was announced.
 */
export class GrowingBytes {
  length = 0
  private bytes: Buffer
  private readonly limit: number

  /** @param limit the most that is ever appended */
  constructor(limit: number, expected = 0) {
    this.limit = limit
    this.bytes = Buffer.allocUnsafe(Math.min(limit, Math.max(expected, leastBytes)))
  }

  append(piece: Buffer): void {
    const length = this.length + piece.length
    if (length > this.bytes.length) this.grow(length)
    piece.copy(this.bytes, this.length)
    this.length = length
  }

  /** All that has come. */
  view(): Buffer {
    return this.bytes.subarray(0, this.length)
  }

  private grow(least: number): void {
    const larger = Buffer.allocUnsafe(Math.max(least, Math.min(this.limit, this.bytes.length * 2)))
    this.bytes.copy(larger, 0, 0, this.length)
    this.bytes = larger
  }
}
