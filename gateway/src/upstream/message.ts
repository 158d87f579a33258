import type { Done, SubgraphOperation, Way } from './dispatch.ts'
import type { HeaderLines } from './http1/header-lines.ts'

/** A fetch made ready for the network. */
export class Message {
  readonly operation: SubgraphOperation
  /** Its variables as JSON. */
  readonly variables: string
  readonly body: string
  /** The headers that differ from fetch to fetch. */
  readonly headers: HeaderLines
  /** Equal where the headers are equal but those that name a request or a trace. */
  readonly key: string
  /** The replica that was asked last; -1 = none yet. */
  replica = -1

  constructor(
    operation: SubgraphOperation,
    text: { readonly variables: string; readonly body: string },
    headers: { readonly lines: HeaderLines; readonly key: string },
  ) {
    this.operation = operation
    this.variables = text.variables
    this.body = text.body
    this.headers = headers.lines
    this.key = headers.key
  }

  /** The same fetch in other words. */
  saying(body: string): Message {
    const { operation, variables, headers: lines, key } = this
    return new Message(operation, { variables, body }, { lines, key })
  }
}

/** What came back, whatever it means. */
export interface Reply {
  /** HTTP status. */
  readonly status: number
  readonly body: string
}

/** The end of a message. */
export type Replied = Done<Reply>

/**
 * Sends a message. Up to here nothing is parsed: whoever shares a reply or repeats a message needs its text alone, and
 * each execution parses an object of its own, which it may then write into.
 */
export type Send = Way<Message, Reply>
