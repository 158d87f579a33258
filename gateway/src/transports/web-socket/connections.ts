import { Deadlines } from '../../deadlines.ts'
import type { Connection } from './connection.ts'

/** How long each phase of a connection may take, in milliseconds. */
export interface PhaseLimits {
  /** From the handshake to the client's `connection_init`. */
  readonly initMs: number
  /** How often a peer is asked whether it is there; no sign of it until the next time ends it. */
  readonly pingMs: number
  /** From a Close frame to the socket's end. */
  readonly closeMs: number
}

const defaults: PhaseLimits = { initMs: 5_000, pingMs: 20_000, closeMs: 5_000 }

/** How often a drain closes its share of the connections, in milliseconds. */
const drainStepMs = 20

/**
 * All open WebSockets. A connection is in one phase at a time, and each phase has one list and one timer for all that are
 * in it: a connection has none of its own. Pings are as spread as the connections' beginnings were.
 */
export class Connections {
  private readonly all = new Set<Connection>()
  private readonly phases: Readonly<Record<'opening' | 'open' | 'closing', Deadlines<Connection>>>

  constructor(limits: Partial<PhaseLimits> = {}) {
    const { initMs, pingMs, closeMs } = { ...defaults, ...limits }
    this.phases = {
      opening: new Deadlines(initMs, (connection) => connection.isLate()),
      open: new Deadlines(pingMs, (connection) => {
        if (connection.checkAlive()) this.enter('open', connection)
      }),
      closing: new Deadlines(closeMs, (connection) => connection.destroy()),
    }
  }

  get size(): number {
    return this.all.size
  }

  /** Moves a connection to a phase, whose time begins now. */
  enter(phase: 'opening' | 'open' | 'closing', connection: Connection): void {
    this.leavePhase(connection)
    connection.startedAt = performance.now()
    connection.phase = phase
    this.phases[phase].add(connection)
    this.all.add(connection)
  }

  /** Its socket is closed. */
  remove(connection: Connection): void {
    this.leavePhase(connection)
    this.all.delete(connection)
  }

  /** Bytes that clients have not taken yet. */
  bufferedBytes(): number {
    let bytes = 0
    for (const { unsentBytes } of this.all) bytes += unsentBytes
    return bytes
  }

  /** Closes all, spread evenly over `spreadMs`, so that their clients do not come back all at once. */
  drain(spreadMs: number, close: (connection: Connection) => void): void {
    const waiting = [...this.all]
    const total = waiting.length
    const startedAt = performance.now()
    const step = () => {
      const passed = Math.min(1, (performance.now() - startedAt + drainStepMs) / Math.max(spreadMs, 1))
      for (let due = Math.ceil(total * passed) - (total - waiting.length); due > 0; due -= 1) {
        const connection = waiting.pop()
        if (connection) close(connection)
      }
      if (waiting.length > 0) setTimeout(step, drainStepMs).unref()
    }
    step()
  }

  /** Ends all at once. */
  destroy(): void {
    for (const connection of [...this.all]) connection.destroy()
  }

  private leavePhase(connection: Connection): void {
    if (connection.phase) this.phases[connection.phase].remove(connection)
    connection.phase = undefined
  }
}
