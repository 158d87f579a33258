import type { ClockReading } from '../graph/send.ts'
import { afterAnswer, afterMessage, offsetMs, type ServerClock } from './server-clock.ts'

/** The server's clock as far as this page has measured it. */
export class MeasuredClock {
  readonly #now: () => number
  #clock: ServerClock = {}

  constructor(now: () => number) {
    this.#now = now
  }

  readonly onAnswer = (reading: ClockReading): void => {
    this.#clock = afterAnswer(this.#clock, reading)
  }

  /** `asOf` in milliseconds since 1970, of a message that has just come. */
  readonly onAsOf = (asOf: number): void => {
    this.#clock = afterMessage(this.#clock, this.#now(), asOf)
  }

  /** Local clock less the server's, in milliseconds. */
  readonly offset = (): number => offsetMs(this.#clock)

  /** The server's time now, in milliseconds since 1970. */
  readonly serverNow = (): number => this.#now() - this.offset()
}
