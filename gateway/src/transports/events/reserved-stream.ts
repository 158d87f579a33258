import { randomUUID } from 'node:crypto'
import type { Channel } from './channel.ts'
import type { EventConnection, Writer } from './event-connection.ts'
import { EventOperation } from './event-operation.ts'

/** How long a reserved stream may stay unopened, in milliseconds. */
const unopenedMs = 30_000

/** A stream of the single connection mode: reserved by PUT, opened once, and shared by operations that come one by one. */
export class ReservedStream implements Channel, Writer {
  readonly token: string = randomUUID()
  /** Whether somebody has opened it: nobody else may. */
  isOpen = false
  /** Ends it when nobody does. */
  private readonly expiry: NodeJS.Timeout
  private readonly operations = new Map<string, EventOperation>()
  private readonly onEnd: (stream: ReservedStream) => void
  private connection: EventConnection | undefined
  /** Events that came before it was opened. */
  private early: Buffer[] = []
  /** Operations that are over, and whose last events nobody has taken yet. */
  private untaken = 0
  private isOver = false

  constructor(onEnd: (stream: ReservedStream) => void) {
    this.onEnd = onEnd
    this.expiry = setTimeout(() => this.stop(), unopenedMs).unref()
  }

  /** Operations that it holds something of. */
  get size(): number {
    return this.operations.size + this.untaken
  }

  has(id: string): boolean {
    return this.operations.has(id)
  }

  add(id: string): EventOperation {
    const operation = new EventOperation(this, id)
    if (this.isOver) operation.stop()
    else this.operations.set(id, operation)
    return operation
  }

  /** Without a word: its request is answered by itself. */
  drop(operation: EventOperation): void {
    operation.stop()
    this.forget(operation)
  }

  /** The client ends an operation. */
  complete(id: string): void {
    const operation = this.operations.get(id)
    if (!operation) return
    operation.complete()
    this.forget(operation)
  }

  /** Before its connection is there. */
  claim(): void {
    this.isOpen = true
    clearTimeout(this.expiry)
  }

  open(connection: EventConnection): void {
    this.connection = connection
    for (const event of this.early.splice(0)) connection.write(event)
  }

  get isFull(): boolean {
    return this.connection?.isFull ?? true
  }

  write(event: Buffer): void {
    if (this.isOver) return
    if (this.connection) this.connection.write(event)
    else this.early.push(event)
  }

  over(operation: EventOperation): void {
    this.forget(operation)
    if (this.isFull) this.untaken += 1
  }

  /** Gives each operation its turn: who has sent something stands behind those that have not. */
  drained(): void {
    this.untaken = 0
    for (const [id, operation] of [...this.operations]) {
      if (this.isFull) return
      this.operations.delete(id)
      this.operations.set(id, operation)
      operation.drained()
    }
  }

  stop(): void {
    if (this.isOver) return
    this.isOver = true
    clearTimeout(this.expiry)
    this.early = []
    for (const operation of this.operations.values()) operation.stop()
    this.operations.clear()
    this.onEnd(this)
  }

  /** Another operation may have its id meanwhile. */
  private forget(operation: EventOperation): void {
    const id = operation.id ?? ''
    if (this.operations.get(id) === operation) this.operations.delete(id)
  }
}
