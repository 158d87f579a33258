import { type Client, createClient } from 'graphql-ws'
import { type ClientOptions, WebSocket } from 'ws'
import type { Fetch } from '../dispatch.ts'
import { QueuedEvents } from './queued-events.ts'
import { answerOf, eventCharacters } from './read-event.ts'
import { broken, type SubgraphEvents } from './subgraph-events.ts'

/** How long a connection without subscriptions is kept, in milliseconds. */
const unusedMs = 5_000

/** What one connection is made with. */
export interface ConnectionOptions {
  readonly url: string
  /** Sent with the upgrade, and once more in `connection_init`: some subgraphs look there. */
  readonly headers: Readonly<Record<string, string>>
  readonly tls: Pick<ClientOptions, 'ca' | 'cert' | 'key'>
  readonly startMs: number
  /** A peer that is silent for so long, pings and all, is gone; undefined = never. */
  readonly idleMs: number | undefined
  /** Told once, when it takes no more subscriptions. */
  readonly onEnd: () => void
}

/** A WebSocket with our headers. */
function socketClass({ headers, tls, startMs }: ConnectionOptions) {
  return class extends WebSocket {
    constructor(address: string, protocol: string) {
      super(address, protocol, {
        ...tls,
        headers,
        handshakeTimeout: startMs,
        maxPayload: eventCharacters,
        perMessageDeflate: false,
      })
      // graphql-ws takes its listener away from a socket that it gives up; an error without one ends the process.
      this.on('error', () => {})
    }
  }
}

/** One WebSocket to a subgraph (graphql-transport-ws), and the subscriptions on it. It connects once, never again. */
export class WebSocketConnection {
  private readonly client: Client
  private readonly options: ConnectionOptions
  private readonly open = new Set<QueuedEvents>()
  private readonly opened: Promise<void>
  private unused: NodeJS.Timeout | undefined
  private silence: NodeJS.Timeout | undefined
  private isOver = false
  private settle: { resolve(): void; reject(error: Error): void } = { resolve() {}, reject() {} }

  constructor(options: ConnectionOptions) {
    this.options = options
    const { idleMs } = options
    this.opened = new Promise((resolve, reject) => {
      this.settle = { resolve, reject }
    })
    this.opened.catch(() => {})
    const { url, headers, startMs } = options
    this.client = createClient({
      url,
      webSocketImpl: socketClass(options),
      connectionParams: { ...headers },
      connectionAckWaitTimeout: startMs,
      lazy: false,
      retryAttempts: 0,
      onNonLazyError: () => {},
      // Half of the time for the question, half for the answer.
      ...(idleMs === undefined ? {} : { keepAlive: idleMs / 2 }),
      on: {
        connected: () => this.settle.resolve(),
        // Before graphql-ws hears of it: it would connect again, and subscribe again, after a close with 1000.
        closed: (event) => this.end(event),
        error: (error) => this.end(error),
        ping: (isReceived) => {
          if (!isReceived && idleMs !== undefined) this.awaitSign(idleMs / 2)
        },
        message: () => clearTimeout(this.silence),
      },
    })
  }

  /** Begins a subscription; `request` says which one, in its extensions. Rejects when there is no connection. */
  async subscribe(
    { operation, variables }: Fetch,
    request: Readonly<Record<string, string>>,
  ): Promise<SubgraphEvents> {
    clearTimeout(this.unused)
    let unsubscribe = () => {}
    const events: QueuedEvents = new QueuedEvents(() => unsubscribe())
    // Counted from here on, so that nobody finds the connection unused while it opens.
    this.open.add(events)
    try {
      await this.opened
    } catch (cause) {
      this.leave(events)
      throw cause
    }
    const { name: operationName } = operation
    const payload = {
      query: operation.document,
      variables: variables.object(),
      ...(operationName === undefined ? {} : { operationName }),
      extensions: { headers: request },
    }
    const stop = this.client.subscribe<unknown, unknown>(payload, {
      next: (result) => {
        if (!this.take(events, result)) unsubscribe()
      },
      error: (reason) => {
        // A list is the protocol's "error" message: the subgraph refuses, which is its last word.
        if (Array.isArray(reason)) events.push({ data: undefined, errors: reason, text: undefined })
        events.finish(Array.isArray(reason) ? undefined : broken(reason))
        this.leave(events)
      },
      complete: () => {
        events.finish(this.isOver ? broken('the connection closed') : undefined)
        this.leave(events)
      },
    })
    unsubscribe = () => {
      stop()
      this.leave(events)
    }
    return events
  }

  /** Ends it, and every subscription on it. */
  end(cause: unknown): void {
    if (this.isOver) return
    this.isOver = true
    clearTimeout(this.unused)
    clearTimeout(this.silence)
    const error = broken(cause)
    this.settle.reject(error)
    for (const events of this.open) events.finish(error)
    this.open.clear()
    this.options.onEnd()
    // Disposed first: from then on graphql-ws does not connect again.
    Promise.resolve(this.client.dispose()).catch(() => {})
    this.client.terminate()
  }

  /** Whether the subscription goes on: after what is no result it has ended here, and the subgraph must hear of it. */
  private take(events: QueuedEvents, result: unknown): boolean {
    try {
      events.push(answerOf(result))
      return true
    } catch (cause) {
      events.finish(broken(cause))
      return false
    }
  }

  private leave(events: QueuedEvents): void {
    this.open.delete(events)
    if (this.open.size > 0 || this.isOver) return
    clearTimeout(this.unused)
    this.unused = setTimeout(() => this.end(new Error('unused')), unusedMs)
    this.unused.unref()
  }

  private awaitSign(ms: number): void {
    clearTimeout(this.silence)
    this.silence = setTimeout(() => this.end(new Error('the subgraph is silent')), ms)
  }
}
