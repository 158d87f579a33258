import { type LagBuckets, Lags } from './lag.ts'

/** What subscribers received since they were last asked. */
export interface Taken {
  readonly received: number
  /** Numbers that were left out between one value and the next. */
  readonly lost: number
  /** Values that were not newer than the one before. */
  readonly repeated: number
  /** Connections that the server closed. */
  readonly closed: number
  /** Messages that were no result, no ping and no answer. */
  readonly refused: number
  /** Bytes of results. */
  readonly bytes: number
  /** Subscribers that have not received the number they were asked about. */
  readonly behind: number
  /** When the last result came, by the monotonic clock. */
  readonly lastMicros: number
  /** Time on a core since the load began. */
  readonly cpuMicros: number
  readonly lags: LagBuckets
}

/** What the load tells by itself: all are subscribed, all have a first value. */
export interface Reached {
  readonly kind: 'subscribed' | 'valued'
  /** Since it began to connect. */
  readonly micros: number
}

/** A line that the load wrote. @throws Error that shows a line of another kind */
export function readLine(line: string): Reached | (Taken & { readonly kind: 'taken' }) {
  const value = JSON.parse(line) as Reached | (Taken & { readonly kind: 'taken' })
  if (value.kind === 'subscribed' || value.kind === 'valued' || value.kind === 'taken') return value
  throw new Error(`The load wrote what nobody knows: ${line.slice(0, 200)}`)
}

/** Sums up what several processes, or one at several times, received. */
export class Received {
  readonly lags = new Lags()
  received = 0
  lost = 0
  repeated = 0
  closed = 0
  refused = 0
  bytes = 0
  lastMicros = 0

  add(taken: Taken): void {
    this.received += taken.received
    this.lost += taken.lost
    this.repeated += taken.repeated
    this.closed += taken.closed
    this.refused += taken.refused
    this.bytes += taken.bytes
    this.lastMicros = Math.max(this.lastMicros, taken.lastMicros)
    this.lags.add(taken.lags)
  }
}

/** What several processes received at one time, as if they were one. */
export function together(parts: readonly Taken[]): Taken {
  const sum = (value: (taken: Taken) => number) => parts.reduce((all, part) => all + value(part), 0)
  return {
    received: sum(({ received }) => received),
    lost: sum(({ lost }) => lost),
    repeated: sum(({ repeated }) => repeated),
    closed: sum(({ closed }) => closed),
    refused: sum(({ refused }) => refused),
    bytes: sum(({ bytes }) => bytes),
    behind: sum(({ behind }) => behind),
    lastMicros: Math.max(...parts.map(({ lastMicros }) => lastMicros)),
    cpuMicros: sum(({ cpuMicros }) => cpuMicros),
    lags: parts.flatMap(({ lags }) => lags),
  }
}
