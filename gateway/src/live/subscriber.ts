import type { IncomingHttpHeaders } from 'node:http'
import type { GraphQLError, GraphQLFormattedError } from 'graphql'
import type { ExtensionContext } from '../extension.ts'
import type { Group } from './group.ts'
import type { Lane } from './lane.ts'
import type { Live } from './live.ts'
import type { Session, SessionMember } from './session.ts'
import type { Sink, Subscription } from './sink.ts'

/** What a subscriber keeps of how it came, for when it must change its group. */
export interface SubscriberOptions {
  readonly sink: Sink
  readonly session: Session
  /** Whether its results tell their position. */
  readonly wantsPosition: boolean
  readonly clientHeaders: IncomingHttpHeaders
  readonly extension: ExtensionContext | undefined
}

/**
 * One subscriber of a topic. It holds no result: to know which it had last is enough to know what it lacks. There may be
 * ten thousands, so that it is kept small.
 */
export class Subscriber implements Subscription, SessionMember {
  readonly sink: Sink
  readonly session: Session
  readonly wantsPosition: boolean
  readonly clientHeaders: IncomingHttpHeaders
  readonly extension: ExtensionContext | undefined
  group: Group | undefined = undefined
  lane: Lane | undefined = undefined
  /** Its place in the lane. */
  index = 0
  /** The group's version that it was given last. */
  version = 0
  /** When it was given something last, on the clock of `performance.now`. */
  lastAt = Number.NEGATIVE_INFINITY
  /** The position that its client has; -1 = none. */
  seq = -1
  isOver = false
  private readonly live: Live

  constructor(live: Live, options: SubscriberOptions) {
    this.live = live
    this.sink = options.sink
    this.session = options.session
    this.wantsPosition = options.wantsPosition
    this.clientHeaders = options.clientHeaders
    this.extension = options.extension
    this.session.join(this)
    live.subscriberBegan()
  }

  drained(): void {
    this.lane?.drained(this)
  }

  stop(): void {
    if (this.leave()) this.live.subscriberEnded()
  }

  /** Ends it: the client is told. */
  finish(errors: readonly GraphQLFormattedError[] | undefined): void {
    if (!this.leave()) return
    this.sink.end(errors)
    this.live.subscriberEnded()
  }

  tokenEnded(error: GraphQLError): void {
    this.finish(this.live.maskAll(error))
  }

  tokenRenewed(): void {
    void this.live.regroup(this)
  }

  /** False where it was over already. */
  private leave(): boolean {
    if (this.isOver) return false
    this.isOver = true
    this.session.leave(this)
    this.group?.remove(this)
    return true
  }
}
