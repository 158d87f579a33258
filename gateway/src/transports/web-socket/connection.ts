import { Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import type { Timed } from '../../deadlines.ts'
import { brokenOff, noCode } from './close-codes.ts'
import type { Connections } from './connections.ts'
import { type Fault, type FrameListener, FrameReader } from './frame-reader.ts'
import { closeFrame, frameOf, opcodes, pingFrame } from './frames.ts'

/** Who speaks over a connection. */
export interface Speaker {
  onText(text: string): void
  /** The client takes bytes again, after `isFull`. */
  onDrained(): void
  /** It did not begin to speak in time. */
  onLate(): void
  /** Nothing can be sent any more. Called once. */
  onOver(): void
  /** The socket is closed, by this code of the first Close frame. Called once, the last. */
  onGone(code: number): void
  onError(error: Error): void
}

/** Bytes that a client may leave unread before nothing more is read from it. */
const unreadBytes = 1_048_576

/** Looks, 20 s apart, at which a peer may be silent that has something to read before it comes to a ping. */
const stalledLooks = 15

/** Looks in a row at which a peer that results go out to is not asked. */
const mostUnasked = 2

const nothing = Buffer.alloc(0)

const connectionOf = Symbol('connection')
type Carrier = Duplex & { [connectionOf]: Connection }

// One function for all sockets: closures of each connection's own would be a tenth of its memory.
function onData(this: Carrier, piece: Buffer): void {
  this[connectionOf].read(piece)
}
function onClose(this: Carrier): void {
  this[connectionOf].gone()
}
function onError(this: Carrier, error: Error): void {
  this[connectionOf].failed(error)
}

/**
 * A WebSocket, after its handshake: frames, closing, back-pressure and whether the peer is there
 * (https://www.rfc-editor.org/rfc/rfc6455). What it holds it holds for each of many thousands: add a field for a reason.
 */
export class Connection implements FrameListener, Timed<Connection> {
  before: Connection | undefined = undefined
  after: Connection | undefined = undefined
  startedAt = 0
  /** Where it is; `Connections` alone sets it. */
  phase: 'opening' | 'open' | 'closing' | undefined = undefined
  /** Bytes wait that the client does not take; `onDrained` follows. */
  isFull = false
  private isOver = false
  /** Looks since something came, or was taken after a wait, at which it was asked or bytes waited. */
  private silence = 0
  /** Something was sent since the last look. */
  private isBusy = false
  /** Something was sent since the last sign of life: an answer to a ping may be stuck behind it. */
  private isBehind = false
  /** Looks at which it was not asked. */
  private unasked = 0
  /** Bytes that were not taken at the last look. */
  private unread = 0
  private code: number = brokenOff
  private readonly socket: Duplex
  private readonly reader: FrameReader
  private readonly connections: Connections
  private speaker: Speaker | undefined = undefined

  constructor(socket: Duplex, maxBytes: number, connections: Connections) {
    this.socket = socket
    this.reader = new FrameReader(maxBytes)
    this.connections = connections
    connections.enter('opening', this)
  }

  /** Begins to read. */
  begin(speaker: Speaker): void {
    this.speaker = speaker
    const carrier = this.socket as Carrier
    carrier[connectionOf] = this
    // A peer that ends its side without a Close frame is gone: this side ends by itself, with no listener for it.
    carrier.allowHalfOpen = false
    carrier.on('data', onData)
    carrier.on('close', onClose)
    carrier.on('error', onError)
  }

  get unsentBytes(): number {
    return this.socket.writableLength
  }

  /** The speaker began in time. */
  settle(): void {
    if (!this.isOver) this.connections.enter('open', this)
  }

  /** Hot path. Sends a frame; whether all of it is out, so that its bytes may be used for another. */
  send(frame: Buffer): boolean {
    if (this.isOver) return true
    const { socket } = this
    this.isBusy = true
    this.isBehind = true
    socket.write(frame)
    // The operating system takes what it has room for within the call.
    if (socket.writableLength > 0) {
      this.awaitDrain()
      return false
    }
    // What is no socket may hand these very bytes on.
    return socket instanceof Socket
  }

  /** Closes; the first code counts. */
  close(code: number, reason: string): void {
    if (this.isOver) return
    this.sendClose(code, reason)
    // Only its Close frame is waited for.
    this.socket.resume()
  }

  /** Ends it without a Close frame. */
  destroy(): void {
    this.socket.destroy()
  }

  isLate(): void {
    this.speaker?.onLate()
  }

  /**
   * Asks the peer whether it is there; ends it when it gave no sign of life since the last time. One that reads a few bytes
   * a second comes to a ping late, and makes room for bytes that wait in steps of many kilobytes: it has longer. Where
   * results go out it is asked seldom: to one that is gone bytes would soon wait, and an answer costs two messages.
   */
  checkAlive(): boolean {
    const { unsentBytes } = this
    if (this.isFull && unsentBytes < this.unread) this.silence = 0
    if (this.silence >= (this.isBehind ? stalledLooks : 1)) {
      this.destroy()
      return false
    }
    const isAsked = !this.isBusy || this.unasked >= mostUnasked
    this.unasked = isAsked ? 0 : this.unasked + 1
    this.unread = unsentBytes
    if (isAsked || this.isFull) this.silence += 1
    const { isBehind } = this
    if (isAsked && !this.isFull) this.send(pingFrame)
    this.isBehind = isBehind
    this.isBusy = false
    return true
  }

  read(piece: Buffer): void {
    this.silence = 0
    this.isBehind = false
    this.reader.read(piece, this)
  }

  failed(error: Error): void {
    this.speaker?.onError(error)
    this.socket.destroy()
  }

  gone(): void {
    this.connections.remove(this)
    this.stop()
    this.speaker?.onGone(this.code)
  }

  onText(text: string): void {
    if (!this.isOver) this.speaker?.onText(text)
  }

  onPing(payload: Buffer): void {
    this.send(frameOf(opcodes.pong, payload))
  }

  onPong(): void {
    // That something came is all that it says.
  }

  onClose(code: number | undefined): void {
    // It is an answer, or is answered by the same code.
    if (!this.isOver) this.sendClose(code)
    this.socket.end()
  }

  onFault({ code, reason }: Fault): void {
    if (!this.isOver) this.sendClose(code, reason)
    // What it sends further is not understood, an answer neither.
    this.socket.end()
  }

  private sendClose(code: number | undefined, reason?: string): void {
    this.code = code ?? noCode
    this.send(closeFrame(code, reason))
    this.connections.enter('closing', this)
    this.stop()
  }

  private stop(): void {
    if (this.isOver) return
    this.isOver = true
    this.speaker?.onOver()
  }

  private awaitDrain(): void {
    const { socket } = this
    if (socket.writableLength > unreadBytes) socket.pause()
    if (this.isFull) return
    this.isFull = true
    // An empty write is done when all before it is. No `drain` event tells of so few bytes, and a callback with each write
    // would be work for each message that goes out at once.
    socket.write(nothing, () => this.drained())
  }

  private drained(): void {
    const { socket } = this
    this.silence = 0
    this.isFull = false
    if (this.isOver || socket.destroyed) return
    if (socket.writableLength > 0) {
      this.awaitDrain()
      return
    }
    if (socket.isPaused()) socket.resume()
    this.speaker?.onDrained()
  }
}
