/** Somebody with results to send to many. */
export interface Sender {
  /** Sends to at most `count` subscribers; whether that was the last of them. */
  sendSome(count: number): boolean
}

/**
 * How long results are sent at a stretch, in milliseconds; queries and new connections have their turn after it. Each
 * answer needs three or four turns, so that this is felt four times over.
 */
const sliceMs = 3
/** Subscribers between two looks at the clock; some 10 µs each. */
const sentBetweenLooks = 32

/** Sends results in slices, and in turns where several have some. */
export class Delivery {
  private readonly waiting = new Set<Sender>()
  private isScheduled = false

  /** The sender has results for all its subscribers; nothing happens where it is sending already. */
  add(sender: Sender): void {
    this.waiting.add(sender)
    this.schedule()
  }

  /** The sender has nobody to send to any more. */
  remove(sender: Sender): void {
    this.waiting.delete(sender)
  }

  private schedule(): void {
    if (this.isScheduled) return
    this.isScheduled = true
    setImmediate(this.send)
  }

  private readonly send = (): void => {
    this.isScheduled = false
    const until = performance.now() + sliceMs
    for (const sender of this.waiting) {
      // At its end again, after those that came meanwhile.
      this.waiting.delete(sender)
      if (!sender.sendSome(sentBetweenLooks)) this.waiting.add(sender)
      if (performance.now() >= until) break
    }
    if (this.waiting.size > 0) this.schedule()
  }
}
