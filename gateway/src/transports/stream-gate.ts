/**
 * Holds results back until the stream has written what came before. graphql-sse reads a subscription as fast as it
 * yields and keeps what the socket does not take; with this gate it keeps one event.
 */
export class StreamGate {
  private readonly seqs: (number | undefined)[] = []
  private waiting: (() => void)[] = []
  private isClosed = false

  /** Resolves when it is this result's turn to be written. */
  async enter(seq: number | undefined): Promise<void> {
    while (this.seqs.length > 0 && !this.isClosed) {
      await new Promise<void>((resolve) => this.waiting.push(resolve))
    }
    this.seqs.push(seq)
  }

  /** Results that wait for their turn. */
  get waitingResults(): number {
    return this.waiting.length
  }

  /** Position of the event that is about to be written. */
  get seq(): number | undefined {
    return this.seqs[0]
  }

  /** An event was written. */
  written(): void {
    this.seqs.shift()
    this.wakeAll()
  }

  /** Nothing will be written any more; whoever waits goes on, into a stream that is gone. */
  close(): void {
    this.isClosed = true
    this.wakeAll()
  }

  private wakeAll(): void {
    const { waiting } = this
    this.waiting = []
    for (const wake of waiting) wake()
  }
}
