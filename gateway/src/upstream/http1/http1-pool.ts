import { platform } from 'node:os'
import { LinkedList } from '../../linked-list.ts'
import { Http1Call, type Http1Done, type Http1Request, type Http1Target } from './call.ts'
import { Connection, type ConnectionOptions, type ConnectionOwner } from './connection.ts'
import { headerLines } from './header-lines.ts'
import { Http1Error } from './http1-error.ts'
import { IdleConnections } from './idle-connections.ts'

/** Limits of a pool. */
export interface Http1PoolOptions {
  /** `http://host:port`; a path in it is of no account. */
  readonly url: string
  /** Connections at any time, those being opened among them. */
  readonly connections: number
  /** Calls that may wait while all connections are busy; beyond it a call fails at once. Default 10,000. */
  readonly waitingAtMost?: number
  /** How long an idle connection is kept when the server does not say for how long it keeps it. Default 4,000. */
  readonly idleMs?: number
  /** Default 5,000. */
  readonly connectTimeoutMs?: number
  /** Octets of a body, as transferred and as decompressed; a longer one fails its call. Default 64 MiB. */
  readonly maxResponseBytes?: number
}

/** What a pool does. The first two only grow, the others are of this moment. */
export interface Http1PoolStats {
  readonly opened: number
  /** Calls that were sent over a connection that had carried another one before. */
  readonly reused: number
  readonly idle: number
  readonly busy: number
  readonly waiting: number
}

const READ_BYTES = 65_536
/** The longest that an idle connection is kept, whatever the server promises. */
const IDLE_MS_AT_MOST = 60_000

/**
 * One buffer serves all sockets: the system reads into it and the octets are taken out in the same turn. Not so on
 * Windows, where a read is under way, with its buffer, before there is anything to read.
 */
const sharedReadBuffer = platform() === 'win32' ? undefined : Buffer.allocUnsafeSlow(READ_BYTES)

/**
 * A client for one server that speaks plain HTTP/1.1: POST only, kept connections without pipelining, answers read
 * whole. It does as little as that takes, since the gateway makes tens of thousands of calls a second: no promise, no
 * stream, one write a call. Deadlines are its caller's: a call that was cancelled ends at once.
 */
export class Http1Pool {
  readonly #host: string
  readonly #idleMs: number
  readonly #waitingAtMost: number
  readonly #connectionsAtMost: number
  readonly #connection: Omit<ConnectionOptions, 'readBuffer'>
  readonly #connections = new Set<Connection>()
  readonly #idle = new IdleConnections()
  readonly #waiting = new LinkedList<Http1Call>()
  readonly #owner: ConnectionOwner = {
    released: (connection) => this.#released(connection),
    lost: (connection, isStale) => this.#lost(connection, isStale),
  }
  #opened = 0
  #reused = 0
  #isClosing = false
  #whenEmpty: (() => void)[] = []

  /** @throws Http1Error when the address is none of plain HTTP */
  constructor(options: Http1PoolOptions) {
    const url = URL.parse(options.url)
    if (url?.protocol !== 'http:') {
      throw new Http1Error('HTTP1_INVALID_REQUEST', `"${options.url}" is not an http:// address.`)
    }
    this.#host = url.host
    this.#idleMs = options.idleMs ?? 4000
    this.#waitingAtMost = options.waitingAtMost ?? 10_000
    this.#connectionsAtMost = options.connections
    this.#connection = {
      // An IPv6 literal stands in brackets in an address, and without them everywhere else.
      host: url.hostname.replace(/^\[|\]$/g, ''),
      port: Number(url.port || 80),
      connectTimeoutMs: options.connectTimeoutMs ?? 5000,
      maxResponseBytes: options.maxResponseBytes ?? 64 * 1_048_576,
    }
  }

  get stats(): Http1PoolStats {
    const idle = this.#idle.size
    return {
      opened: this.#opened,
      reused: this.#reused,
      idle,
      busy: this.#connections.size - idle,
      waiting: this.#waiting.size,
    }
  }

  /**
   * What all calls to this path have in common; made once, not for every call. The headers are name, value, name,
   * value...
   *
   * @throws Http1Error when the path or a header could break the request's lines
   */
  prepare(path: string, headers: readonly string[]): Http1Target {
    if (!/^\/[\x21-\x7e]*$/.test(path)) {
      throw new Http1Error('HTTP1_INVALID_REQUEST', `${JSON.stringify(path)} is no path of a request.`)
    }
    return { head: `POST ${path} HTTP/1.1\r\nhost: ${this.#host}\r\n${headerLines(headers)}` }
  }

  /** Sends a call, or lets it wait. `done` must not throw. */
  request(request: Http1Request, done: Http1Done): Http1Call {
    const call = new Http1Call(request, done, this.#waiting)
    if (this.#isClosing) {
      this.#refuse(call, new Http1Error('HTTP1_CLOSED', 'The pool is closed.'))
      return call
    }
    const idle = this.#idle.pop()
    if (idle) this.#reuse(idle, call)
    else if (this.#connections.size < this.#connectionsAtMost) this.#open(call)
    else if (this.#waiting.size < this.#waitingAtMost) this.#waiting.add(call)
    else this.#refuse(call, new Http1Error('HTTP1_QUEUE_FULL', `${this.#waiting.size} calls wait already.`))
    return call
  }

  /** Takes no more calls; those that it has taken end as they would, and with them its connections. */
  close(): Promise<void> {
    this.#isClosing = true
    this.#idle.clear()
    if (this.#connections.size === 0) return Promise.resolve()
    return new Promise((resolve) => this.#whenEmpty.push(resolve))
  }

  /** Takes no more calls and ends all it has with this reason. */
  destroy(reason: Error): void {
    this.#isClosing = true
    for (let next = this.#nextWaiting(); next; next = this.#nextWaiting()) next.finish(reason, undefined)
    this.#idle.clear()
    for (const connection of [...this.#connections]) connection.fail(reason)
  }

  #released(connection: Connection): void {
    const next = this.#nextWaiting()
    if (next) {
      this.#reuse(connection, next)
      return
    }
    const { keepAliveSeconds } = connection
    // A second less than the server's time: its answer may have been on the way, and our next call will be.
    const idleMs =
      keepAliveSeconds === -1 ? this.#idleMs : Math.min((keepAliveSeconds - 1) * 1000, IDLE_MS_AT_MOST)
    if (this.#isClosing || idleMs <= 0) connection.abandon()
    else this.#idle.push(connection, idleMs)
  }

  #lost(connection: Connection, isStale: boolean): void {
    this.#connections.delete(connection)
    this.#idle.remove(connection)
    // The others have been idle for longer: whatever ended this one has ended them, and none may cost a second attempt.
    if (isStale) this.#idle.clear()
    const next = this.#nextWaiting()
    if (next) this.#open(next)
    else if (this.#isClosing && this.#connections.size === 0) {
      for (const resolve of this.#whenEmpty.splice(0)) resolve()
    }
  }

  #reuse(connection: Connection, call: Http1Call): void {
    this.#reused++
    connection.send(call)
  }

  #open(call: Http1Call): void {
    this.#opened++
    const readBuffer = sharedReadBuffer ?? Buffer.allocUnsafeSlow(READ_BYTES)
    this.#connections.add(new Connection({ ...this.#connection, readBuffer }, this.#owner, call))
  }

  #nextWaiting(): Http1Call | undefined {
    const { first } = this.#waiting
    if (first) this.#waiting.remove(first)
    return first
  }

  #refuse(call: Http1Call, error: Http1Error): void {
    queueMicrotask(() => call.finish(error, undefined))
  }
}
