import { connect, type Socket } from 'node:net'
import { atTurnEnd } from '../../turn-end.ts'
import { AnswerReader } from './answer-reader.ts'
import { decompress, textOf } from './body-text.ts'
import type { Carrier, Http1Call } from './call.ts'
import { Http1Error } from './http1-error.ts'
import { Http1Response } from './response.ts'

/** What a connection needs to know. */
export interface ConnectionOptions {
  readonly host: string
  readonly port: number
  readonly connectTimeoutMs: number
  readonly maxResponseBytes: number
  /** Where the socket's octets are put; read before the next event, so it may be shared where that is safe. */
  readonly readBuffer: Buffer
}

/** What becomes of a connection, told to who made it. */
export interface ConnectionOwner {
  /** It may carry the next call. */
  released(connection: Connection): void
  /** It is gone, or must not be used again; `isStale` = its server had closed it while it was kept. Told once. */
  lost(connection: Connection, isStale: boolean): void
}

/** One connection and the call that it carries, one at a time. */
export class Connection implements Carrier {
  /** When it should be closed if no call comes, by `performance.now()`; the owner's to set and to read. */
  idleUntilMs = 0

  readonly #options: ConnectionOptions
  readonly #owner: ConnectionOwner
  readonly #reader: AnswerReader
  readonly #socket: Socket
  #call: Http1Call | undefined
  #isOpen = false
  #isLost = false
  #hasCarried = false
  /** Whether the call has been written: until then nothing that comes is its answer. */
  #isSent = false
  /** Whether any octet has come since the call was sent. */
  #hasHeard = false
  #connectTimer: NodeJS.Timeout | undefined

  /** Opens a connection for this call. */
  constructor(options: ConnectionOptions, owner: ConnectionOwner, call: Http1Call) {
    this.#options = options
    this.#owner = owner
    this.#reader = new AnswerReader(options.maxResponseBytes)
    this.#call = call
    call.carrier = this
    const { host, port, readBuffer, connectTimeoutMs } = options
    this.#socket = connect({
      host,
      port,
      noDelay: true,
      // Straight from the system's read into one buffer: no stream, no allocation a piece.
      onread: {
        buffer: readBuffer,
        callback: (length) => {
          this.#hear(length)
          return true
        },
      },
    })
    this.#connectTimer = setTimeout(() => this.#giveUpConnecting(), connectTimeoutMs)
    this.#socket.once('connect', () => this.#opened())
    this.#socket.on('error', (error) => this.#ended(error))
    this.#socket.once('end', () => this.#ended(undefined))
    this.#socket.once('close', () => this.#ended(undefined))
  }

  /** How long the server says that it keeps the connection, of its last answer; -1 = not said. */
  get keepAliveSeconds(): number {
    return this.#reader.head.keepAliveSeconds
  }

  /** Sends a call over the idle connection. */
  send(call: Http1Call): void {
    call.carrier = this
    this.#call = call
    this.#hasHeard = false
    this.#reader.reset()
    this.#write(call)
  }

  /** Destroys it; its call, if any, is ended by who asks for this. */
  abandon(): void {
    this.#call = undefined
    this.#lose()
  }

  /** Destroys it and ends its call, if any, with this error. */
  fail(error: Error): void {
    const call = this.#call
    this.#call = undefined
    this.#lose(error instanceof Http1Error && error.isStale)
    call?.finish(error, undefined)
  }

  #opened(): void {
    clearTimeout(this.#connectTimer)
    this.#isOpen = true
    if (this.#call) this.#write(this.#call)
  }

  #giveUpConnecting(): void {
    const { connectTimeoutMs } = this.#options
    this.fail(new Http1Error('HTTP1_CONNECT_TIMEOUT', `No connection within ${connectTimeoutMs} ms.`))
  }

  /** Head and body leave in one write. */
  #write({ request }: Http1Call): void {
    const { target, headers, body } = request
    const length = Buffer.byteLength(body)
    const head = `${target.head}${headers}content-length: ${length}\r\n\r\n`
    if (length === body.length) {
      // All ASCII.
      this.#writeSoon(head + body)
      return
    }
    const bytes = Buffer.allocUnsafe(head.length + length)
    bytes.write(head, 0, 'latin1')
    bytes.write(body, head.length, 'utf8')
    this.#writeSoon(bytes)
  }

  /** Together with what else is written in this turn. */
  #writeSoon(bytes: string | Buffer): void {
    const socket = this.#socket
    atTurnEnd(() => {
      // The call may have been cancelled meanwhile.
      if (socket.destroyed) return
      this.#isSent = true
      socket.write(bytes, 'latin1')
    })
  }

  #hear(length: number): void {
    if (!this.#isSent) {
      // Nobody asked yet: whatever it is (the 408 of a server that closes, say), it answers no call.
      this.fail(this.#lossOf(undefined))
      return
    }
    this.#hasHeard = true
    try {
      if (!this.#reader.read(this.#options.readBuffer, length)) return
    } catch (error) {
      this.fail(error as Error)
      return
    }
    this.#answer(this.#reader.head.isKept)
  }

  /** The answer is whole. The connection is free before the call is told, so that its next one finds it. */
  #answer(isKept: boolean): void {
    const call = this.#call
    if (!call) return
    const { head, bodyBytes, bodyStart, bodyEnd } = this.#reader
    const { status, encoding } = head
    if (encoding) {
      const bytes = Buffer.from(bodyBytes.subarray(bodyStart, bodyEnd))
      this.#release(isKept)
      call.carrier = decompressing
      decompress({ bytes, encoding, maxBytes: this.#options.maxResponseBytes }, (error, plain) => {
        if (error) call.finish(error, undefined)
        else call.finish(undefined, new Http1Response(status, textOf(plain, 0, plain.length)))
      })
      return
    }
    const response = new Http1Response(status, textOf(bodyBytes, bodyStart, bodyEnd))
    this.#release(isKept)
    call.finish(undefined, response)
  }

  #release(isKept: boolean): void {
    this.#call = undefined
    this.#isSent = false
    this.#hasCarried = true
    // A server that answers before it has all of the request leaves the rest of it to stand before the next one.
    if (isKept && !this.#isLost && this.#socket.writableLength === 0) this.#owner.released(this)
    else this.#lose()
  }

  /** The socket's end, in order or not; a broken one may tell of it several times. */
  #ended(error: Error | undefined): void {
    if (this.#isLost) return
    if (!error && this.#call && this.#reader.endsWithConnection) {
      this.#reader.end()
      this.#answer(false)
      return
    }
    this.fail(this.#lossOf(error))
  }

  #lossOf(cause: Error | undefined): Http1Error {
    const code = cause && 'code' in cause && typeof cause.code === 'string' ? cause.code : 'ECONNRESET'
    if (!this.#isOpen) return new Http1Error(code, `No connection: ${code}.`, { cause })
    const isStale = this.#hasCarried && !this.#hasHeard && this.#call !== undefined
    return new Http1Error(code, 'The connection ended before the answer was whole.', { isStale, cause })
  }

  #lose(isStale = false): void {
    if (this.#isLost) return
    this.#isLost = true
    clearTimeout(this.#connectTimer)
    this.#socket.destroy()
    this.#owner.lost(this, isStale)
  }
}

/** A call whose answer is being decompressed holds nothing that could be ended. */
const decompressing: Carrier = { abandon() {} }
