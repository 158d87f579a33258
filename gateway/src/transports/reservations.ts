import { randomUUID } from 'node:crypto'
import { StreamGate } from './stream-gate.ts'

/** How long a reserved stream may stay unopened, in milliseconds. */
const unopenedMs = 30_000

/** A stream of the single connection mode: reserved by PUT, opened by GET. */
export interface Reservation {
  readonly token: string
  readonly gate: StreamGate
  operations: number
  isOpen: boolean
  /** Runs out when nobody opens it. */
  timer: NodeJS.Timeout
}

/** The streams that this process has given tokens for. Only such tokens count: a client can't choose one. */
export class Reservations {
  private readonly byToken = new Map<string, Reservation>()

  /** Calls `expire` when the stream was not opened in time. */
  reserve(expire: (token: string) => void): Reservation {
    const token = randomUUID()
    const timer = setTimeout(() => {
      this.byToken.delete(token)
      expire(token)
    }, unopenedMs)
    timer.unref()
    const reservation = { token, gate: new StreamGate(), operations: 0, isOpen: false, timer }
    this.byToken.set(token, reservation)
    return reservation
  }

  find(token: string | null | undefined): Reservation | undefined {
    return token ? this.byToken.get(token) : undefined
  }

  open(reservation: Reservation): void {
    clearTimeout(reservation.timer)
    reservation.isOpen = true
  }

  end(reservation: Reservation): void {
    clearTimeout(reservation.timer)
    this.byToken.delete(reservation.token)
    reservation.gate.close()
  }

  get size(): number {
    return this.byToken.size
  }
}
