import type { Parts } from '../../exchange.ts'
import { LinkedList } from '../../linked-list.ts'
import type { EndReason, EventConnection } from './event-connection.ts'

/** How often all streams are looked at, in milliseconds: one that is quiet gets a comment after 8 to 12 seconds. */
const lookMs = 4_000

/** Comments that are written before other work gets its turn: all streams may be quiet from the same moment on. */
const commentsATurn = 200

/** When a client whose stream was ended shall come back: all at once would be a rush on those that are left. */
const leastRetryMs = 1_000
const retrySpreadMs = 4_000

/** All event streams that are open: counted, kept alive, and ended with the gateway. */
export class OpenConnections {
  private readonly open = new LinkedList<EventConnection>()
  private timer: NodeJS.Timeout | undefined

  add(connection: EventConnection, { traffic, metrics }: Parts): void {
    this.open.add(connection)
    this.timer ??= setInterval(() => this.look(this.open.size), lookMs).unref()
    traffic.liveConnections += 1
    metrics.connections.inc({ transport: 'events' })
  }

  remove(connection: EventConnection, reason: EndReason, { traffic, metrics }: Parts): void {
    this.open.remove(connection)
    if (this.open.size === 0) {
      clearInterval(this.timer)
      this.timer = undefined
    }
    traffic.liveConnections -= 1
    metrics.connections.dec({ transport: 'events' })
    metrics.closes.inc({ transport: 'events', code: reason })
  }

  /** Bytes that clients have not taken yet. */
  get bufferedBytes(): number {
    let bytes = 0
    for (let at = this.open.first; at; at = at.after) bytes += at.bufferedBytes
    return bytes
  }

  /** Ends all, spread over `spreadMs`; their clients are told when to come back. */
  drain(spreadMs: number): void {
    for (let at = this.open.first; at; at = at.after) {
      const connection = at
      setTimeout(() => connection.leave(retryMs()), Math.random() * spreadMs).unref()
    }
  }

  close(): void {
    for (let { first } = this.open; first; first = this.open.first) first.leave(retryMs())
  }

  /** Looks at as many as there were when it began, each of which goes to the end of the list. */
  private look(left: number): void {
    let written = 0
    for (let rest = left; rest > 0; rest -= 1) {
      const { first } = this.open
      if (!first) return
      this.open.remove(first)
      this.open.add(first)
      if (first.keepAlive()) written += 1
      if (written === commentsATurn) {
        setImmediate(() => this.look(rest - 1))
        return
      }
    }
  }
}

function retryMs(): number {
  return Math.round(leastRetryMs + Math.random() * retrySpreadMs)
}
