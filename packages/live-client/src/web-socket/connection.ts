import { type Client, createClient } from 'graphql-ws'
import { errorOf, type LiveError, unreachable } from '../live-error.ts'
import type { AttemptEnd, AttemptSink, LiveRequest } from '../transport.ts'
import { errorOfFailure } from './close-event.ts'
import type { WebSocketOptions } from './web-socket-options.ts'

const ACK_WAIT_MS = 8000
const OPEN = 1

interface Socket {
  readonly readyState: number
  send: (text: string) => void
}

interface ConnectionParts {
  readonly options: WebSocketOptions
  readonly now: () => number
  /** The token that the server did not take last. */
  readonly refusedToken: string | undefined
  readonly onOver: () => void
}

/**
 * One WebSocket and what runs over it. It is never mended: `graphql-ws`'s own retries are off, since they would send the
 * first position again, and a socket that hangs while it closes must not hold up the next.
 */
export class Connection {
  readonly #parts: ConnectionParts
  readonly #client: Client
  readonly #attempts = new Map<(end: AttemptEnd) => void, AttemptSink>()
  #socket: Socket | undefined
  #firstToken: string | undefined
  #sentToken: string | undefined
  #newestToken: string | undefined
  #heardAt: number
  #isOver = false

  constructor(parts: ConnectionParts) {
    this.#parts = parts
    this.#heardAt = parts.now()
    this.#client = this.#createClient()
  }

  /** The token that it began with. A later one may have crossed with the word that this one has ended. */
  get firstToken(): string | undefined {
    return this.#firstToken
  }

  /** When the server said anything last, milliseconds since 1970. */
  get heardAt(): number {
    return this.#heardAt
  }

  /** Sends an operation; the function that is returned takes it back. */
  open(request: LiveRequest, sink: AttemptSink): () => void {
    let isOver = false
    const finish = () => {
      isOver = true
      this.#attempts.delete(end)
      stop()
      // Nobody waits for a socket's last words.
      if (this.#attempts.size === 0) this.drop()
    }
    const end = (how: AttemptEnd) => {
      if (isOver) return
      finish()
      sink.end(how)
    }
    this.#attempts.set(end, sink)
    // Not before the caller has what closes it.
    if (this.#socket) queueMicrotask(() => isOver || sink.opened())
    const stop = this.#client.subscribe(request, {
      next: (result) => isOver || sink.result(result),
      error: (failure: unknown) => end({ error: errorOfOperation(failure) }),
      complete: () => end({ isComplete: true }),
    })
    return () => {
      if (!isOver) finish()
    }
  }

  /** Brings a newer token to the connection that is there. */
  extend(token: string): void {
    this.#newestToken = token
    if (this.#socket?.readyState !== OPEN || token === this.#sentToken) return
    this.#socket.send(JSON.stringify({ type: 'ping', payload: { accessToken: token } }))
    this.#sentToken = token
  }

  /** Gives the connection up; whatever still runs over it is lost. */
  drop(error: LiveError = unreachable('The connection was given up.')): void {
    if (this.#finish(error)) this.#client.terminate()
  }

  #finish(error: LiveError): boolean {
    if (this.#isOver) return false
    this.#isOver = true
    this.#parts.onOver()
    for (const end of [...this.#attempts.keys()]) end({ error })
    return true
  }

  #createClient(): Client {
    const { options } = this.#parts
    const { accessToken: _accessToken, clock: _clock, random: _random, ...own } = options
    return createClient({
      connectionAckWaitTimeout: ACK_WAIT_MS,
      ...own,
      ...(options.webSocketImpl !== undefined && { webSocketImpl: patient(options.webSocketImpl) }),
      retryAttempts: 0,
      connectionParams: () => this.#introduce(),
      on: {
        ...options.on,
        connected: (socket, payload, wasRetry) => {
          this.#socket = socket as Socket
          if (this.#newestToken !== undefined) this.extend(this.#newestToken)
          for (const sink of this.#attempts.values()) sink.opened()
          options.on?.connected?.(socket, payload, wasRetry)
        },
        message: (message) => {
          this.#heardAt = this.#parts.now()
          options.on?.message?.(message)
        },
        error: (failure) => {
          this.drop(errorOfFailure(failure))
          options.on?.error?.(failure)
        },
        // Before `graphql-ws` hears of it: after a normal closure it would subscribe again by itself, at once.
        closed: (event) => {
          this.#finish(errorOfFailure(event))
          options.on?.closed?.(event)
        },
      },
    })
  }

  async #introduce(): Promise<Record<string, unknown> | undefined> {
    const { options, refusedToken } = this.#parts
    const { accessToken, connectionParams } = options
    const params = typeof connectionParams === 'function' ? await connectionParams() : connectionParams
    if (!accessToken) return params
    const token = await accessToken(refusedToken)
    if (!token) throw new Error('No access token can be had at the moment.')
    this.#firstToken = token
    this.#sentToken = token
    return { ...params, accessToken: token }
  }
}

/** `graphql-ws` ends an operation with its errors; everything else was told by the socket already. */
function errorOfOperation(failure: unknown): LiveError {
  return Array.isArray(failure) ? errorOf(failure) : errorOfFailure(failure)
}

/**
 * A socket of the `ws` package that is closed before it is open emits an error, which ends a Node process where nobody
 * listens; and nobody does once the connection is given up.
 */
function patient(Implementation: unknown): unknown {
  const Socket = Implementation as new (
    url: string,
    protocols: string,
  ) => { addEventListener: (type: 'error', listener: () => void) => void }
  return class extends Socket {
    constructor(url: string, protocols: string) {
      super(url, protocols)
      this.addEventListener('error', () => {})
    }
  }
}
