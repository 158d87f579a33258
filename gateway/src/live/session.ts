import type { Viewer } from '@headcount/access'
import { fail } from '@headcount/errors'
import type { GraphQLError } from 'graphql'

/** The longest that a timer can wait, in milliseconds. */
const longestTimer = 2_147_483_647
/** Tokens that end within the same time, in milliseconds, share the engine's list of timers. */
const timerStepMs = 100

/** What lives by a session's token. */
export interface SessionMember {
  /** The token has ended. */
  tokenEnded(error: GraphQLError): void
  /** Another token has taken its place: rights may differ. */
  tokenRenewed(): void
}

function ended(): GraphQLError {
  return fail('UNAUTHENTICATED', 'The access token has ended: send a new one by a ping, or connect again.')
}

/** Who is at the other end of a connection, and until when. */
export class Session {
  private current: Viewer | undefined
  private readonly now: () => number
  private readonly members: SessionMember[] = []
  private timer: NodeJS.Timeout | undefined

  constructor(viewer: Viewer | undefined, now: () => number) {
    this.current = viewer
    this.now = now
    this.wait()
  }

  /** @throws GraphQLError UNAUTHENTICATED once the token has ended */
  viewer(): Viewer | undefined {
    if (this.leftMs() <= 0) throw ended()
    return this.current
  }

  /** Goes on with a newer token of the same person or device. @throws GraphQLError when it is another's */
  extend(next: Viewer): void {
    const { current } = this
    if (current && (next.id !== current.id || next.organizationId !== current.organizationId)) {
      throw fail('UNAUTHENTICATED', 'The new token is somebody else’s: open a connection of its own.')
    }
    this.current = next
    this.wait()
    for (const member of [...this.members]) member.tokenRenewed()
  }

  /** Lets something live by the token until `leave`. */
  join(member: SessionMember): void {
    this.members.push(member)
  }

  leave(member: SessionMember): void {
    const at = this.members.indexOf(member)
    if (at !== -1) this.members.splice(at, 1)
  }

  /** Ends the timer; nobody is told. */
  close(): void {
    clearTimeout(this.timer)
  }

  private leftMs(): number {
    return (this.current?.expiresAtMs ?? Number.POSITIVE_INFINITY) - this.now()
  }

  private wait(): void {
    clearTimeout(this.timer)
    const leftMs = this.leftMs()
    if (leftMs === Number.POSITIVE_INFINITY) return
    const stepped = Math.ceil(Math.max(leftMs, 0) / timerStepMs) * timerStepMs
    this.timer = setTimeout(check, Math.min(stepped, longestTimer), this)
    this.timer.unref()
  }

  /** Looks at the clock again: tells all when the token has ended. */
  check(): void {
    if (this.leftMs() > 0) {
      this.wait()
      return
    }
    for (const member of [...this.members]) member.tokenEnded(ended())
  }
}

function check(session: Session): void {
  session.check()
}

/** Begins a session with what the connection's first token said. */
export function createSession(first: Viewer | undefined, now: () => number): Session {
  return new Session(first, now)
}
