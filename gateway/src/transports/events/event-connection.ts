import type { ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import type { Exchange } from '../../exchange.ts'
import type { Linked } from '../../linked-list.ts'
import type { Channel } from './channel.ts'
import type { EventOperation } from './event-operation.ts'
import { comment, commentText, retryLine, unframed } from './event-text.ts'

/** Why a stream has ended: its client went, it was complete, the gateway stops, or an error ended it. */
export type EndReason = 'client' | 'complete' | 'drain' | 'error'

/** Who writes to a connection: one operation, or a reserved stream of several. */
export interface Writer {
  /** The client takes bytes again. */
  drained(): void
  /** The client has gone, or the gateway ends the stream. */
  stop(): void
}

/** What is left to do when a stream has ended. */
export type OnEnd = (connection: EventConnection, reason: EndReason) => void

const nothing = Buffer.alloc(0)

/** Looks at a connection that pass without an event before a comment is written. */
const quietLooks = 3

/**
 * An event stream that is open. The head and the last chunk are node:http's; events are written to the socket itself
 * (`event-text.ts`). It keeps the response and nothing of the request.
 */
export class EventConnection implements Channel, Linked<EventConnection> {
  before: EventConnection | undefined = undefined
  after: EventConnection | undefined = undefined
  private readonly response: ServerResponse
  private readonly socket: Socket
  private readonly onEnd: OnEnd
  private writer: Writer | undefined = undefined
  private isAwaited = false
  private isOver = false
  private looks = 0

  constructor(response: ServerResponse, socket: Socket, onEnd: OnEnd) {
    this.response = response
    this.socket = socket
    this.onEnd = onEnd
    response.once('close', () => this.finish('client'))
  }

  /** Accepts the stream. The writer is told of all that comes. */
  begin({ response, headers, onClose }: Exchange, writer: Writer): void {
    this.writer = writer
    // It would hold the whole exchange for as long as the stream lasts.
    if (onClose) response.off('close', onClose)
    response.writeHead(200, {
      ...headers,
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
    })
    response.write(commentText)
    this.awaitRoom()
  }

  get bufferedBytes(): number {
    return this.socket.writableLength
  }

  get isFull(): boolean {
    return this.socket.writableLength > 0
  }

  write(event: Buffer): void {
    if (this.isOver) return
    this.looks = 0
    this.socket.write(this.response.chunkedEncoding ? event : unframed(event))
    if (this.isFull) this.awaitRoom()
  }

  /** A sign of life where nothing has been written for a while; whether one was written. */
  keepAlive(): boolean {
    this.looks += 1
    if (this.looks < quietLooks || this.isFull) return false
    this.write(comment)
    return true
  }

  /** Of a connection with one operation. */
  over(_operation: EventOperation, reason: 'complete' | 'error'): void {
    this.writer = undefined
    if (this.finish(reason)) this.response.end()
  }

  /**
   * Ends it without `complete`, so that its client comes back; not on this connection, where it would be refused, which
   * an EventSource takes for the last word.
   */
  leave(retryMs: number): void {
    this.write(retryLine(retryMs))
    if (!this.finish('drain')) return
    this.response.end()
    this.socket.destroySoon()
  }

  private finish(reason: EndReason): boolean {
    if (this.isOver) return false
    this.isOver = true
    this.writer?.stop()
    this.onEnd(this, reason)
    return true
  }

  /** The socket tells of room only after more bytes than one event has; a write of nothing is done when all before it is. */
  private awaitRoom(): void {
    if (this.isAwaited) return
    this.isAwaited = true
    this.socket.write(nothing, (error) => {
      this.isAwaited = false
      if (error || this.isOver) return
      if (this.isFull) this.awaitRoom()
      else this.writer?.drained()
    })
  }
}

/** The socket of an answer, once those before it on the same connection are written; undefined = the client has gone. */
export async function socketOf({ request, response }: Exchange): Promise<Socket | undefined> {
  const { socket } = request
  if (!response.socket && !socket.destroyed) {
    await new Promise<void>((resolve) => {
      const done = () => {
        socket.off('close', done)
        response.off('socket', done)
        resolve()
      }
      socket.once('close', done)
      response.once('socket', done)
    })
  }
  return socket.destroyed || response.destroyed ? undefined : socket
}
