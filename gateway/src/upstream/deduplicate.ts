import type { Call, SubgraphOperation } from './dispatch.ts'
import type { Message, Replied, Send } from './message.ts'

/** One that waits for a message; the first is the one that sent it. */
class Waiter implements Call {
  private readonly flight: Flight
  readonly replied: Replied

  constructor(flight: Flight, replied: Replied) {
    this.flight = flight
    this.replied = replied
  }

  cancel(reason: Error): void {
    this.flight.leave(this, reason)
  }
}

/** Messages of one operation on their way, by what else tells them apart. */
type Group = Map<string, Flight>

/**
 * How long a message may have been on its way when others join it, in milliseconds. Whoever joins gets what is left of
 * its time: without this bound, one connection that hangs would fail all who ask the same, for as long as it hangs.
 */
const joinableMs = 1_000

/** One message on its way, for all that ask the same. */
class Flight {
  private readonly message: Message
  private readonly group: Group
  private readonly key: string
  private readonly joinableUntilMs: number
  private waiters: Waiter[] = []
  private inner: Call | undefined
  private isOver = false

  constructor(
    message: Message,
    berth: { readonly group: Group; readonly key: string; readonly nowMs: number },
  ) {
    const { group, key, nowMs } = berth
    this.message = message
    this.group = group
    this.key = key
    this.joinableUntilMs = nowMs + joinableMs
    group.set(key, this)
  }

  /** The key of the group says so already; what one may see and another may not is worth a second look. */
  isFor(message: Message): boolean {
    return this.message.key === message.key && this.message.body === message.body
  }

  isJoinable(nowMs: number): boolean {
    return nowMs < this.joinableUntilMs
  }

  send(next: Send): void {
    this.inner = next(this.message, this.end)
  }

  join(replied: Replied): Call {
    const waiter = new Waiter(this, replied)
    this.waiters.push(waiter)
    return waiter
  }

  /** The others are still served; when nobody waits any more, it is given up. */
  leave(waiter: Waiter, reason: Error): void {
    const index = this.waiters.indexOf(waiter)
    if (index === -1) return
    this.waiters.splice(index, 1)
    if (this.waiters.length === 0) {
      this.land()
      this.inner?.cancel(reason)
    }
    waiter.replied(reason, undefined)
  }

  private readonly end: Replied = (error, reply) => {
    if (this.isOver) return
    this.land()
    const { waiters } = this
    this.waiters = []
    for (const { replied } of waiters) replied(error, reply)
  }

  private land(): void {
    this.isOver = true
    if (this.group.get(this.key) === this) this.group.delete(this.key)
  }
}

/** Variables of up to this many characters are a key as they are. */
const wholeKeyCharacters = 1_000
/** Of longer ones, pieces are. */
const pieces = [0.2, 0.4, 0.6, 0.8]
const pieceCharacters = 40

/**
 * What to find a message by, among those of its operation. To make a key of all of a long text would copy it once more,
 * which takes as long as to send it (measured: 13 µs for 21 KB); pieces find it too, and then the texts are compared.
 */
function keyOf({ variables, body, key }: Message): string {
  if (variables.length <= wholeKeyCharacters) return variables + key
  let text = `${body.length} `
  for (const piece of pieces) {
    const start = Math.floor(body.length * piece)
    text += body.slice(start, start + pieceCharacters)
  }
  return text + body.slice(-pieceCharacters) + key
}

/** The queries that are on their way to one subgraph. */
export class Flights {
  /**
   * By operation, not by body: equal plans have one operation, and then variables, mostly short, are all that is left to
   * be hashed. To hash whole bodies took twice the time.
   */
  private groups = new WeakMap<SubgraphOperation, Group>()
  private readonly now: () => number
  private count = 0

  /** @param now a clock in milliseconds that never goes back */
  constructor(now: () => number = () => performance.now()) {
    this.now = now
  }

  /** Fetches so far that needed no message of their own. */
  get shared(): number {
    return this.count
  }

  /** Joins the message that asks the same, or sends this one. */
  board(message: Message, replied: Replied, next: Send): Call {
    const group = this.groupOf(message.operation)
    const key = keyOf(message)
    const flight = group.get(key)
    const nowMs = this.now()
    if (flight?.isJoinable(nowMs)) {
      if (!flight.isFor(message)) return next(message, replied)
      this.count += 1
      return flight.join(replied)
    }
    const own = new Flight(message, { group, key, nowMs })
    const call = own.join(replied)
    own.send(next)
    return call
  }

  /** What is on its way is joined no more. */
  close(): void {
    this.groups = new WeakMap()
  }

  private groupOf(operation: SubgraphOperation): Group {
    let group = this.groups.get(operation)
    if (!group) {
      group = new Map()
      this.groups.set(operation, group)
    }
    return group
  }
}

/**
 * Queries that ask the same, with the same headers but for ids of requests and traces, while one of them is on its way
 * share its reply. It is shared as text: each parses an object of its own, which its execution may write into. A
 * mutation ends that for those before it, so that whoever has changed something does not read what was there before.
 */
export function withDeduplication(flights: Flights, next: Send): Send {
  return (message, replied) => {
    if (message.operation.kind === 'query') return flights.board(message, replied, next)
    flights.close()
    return next(message, (error, reply) => {
      flights.close()
      replied(error, reply)
    })
  }
}
