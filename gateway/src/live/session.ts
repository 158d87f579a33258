import type { Viewer } from '@headcount/access'
import { fail } from '@headcount/errors'
import type { GraphQLError } from 'graphql'

/** The longest that a timer can wait, in milliseconds. */
const longestTimer = 2_147_483_647

/** Who is at the other end of a connection, and until when. */
export interface Session {
  /** @throws GraphQLError UNAUTHENTICATED once the token has ended */
  viewer(): Viewer | undefined
  /** Goes on with a newer token of the same person or device. @throws GraphQLError when it is another's */
  extend(viewer: Viewer): void
  /** Called when the token ends, each time; the function that is returned stops that. */
  onEnd(listener: (error: GraphQLError) => void): () => void
  /** Ends the timer; nobody is told. */
  close(): void
}

function ended(): GraphQLError {
  return fail('UNAUTHENTICATED', 'The access token has ended: send a new one by a ping, or connect again.')
}

/** Begins a session with what the connection's first token said. */
export function createSession(first: Viewer | undefined, now: () => number): Session {
  const listeners = new Set<(error: GraphQLError) => void>()
  let viewer = first
  let timer: NodeJS.Timeout | undefined
  const leftMs = () => (viewer?.expiresAtMs ?? Number.POSITIVE_INFINITY) - now()
  const wait = () => {
    clearTimeout(timer)
    if (leftMs() === Number.POSITIVE_INFINITY) return
    timer = setTimeout(check, Math.min(Math.max(leftMs(), 0), longestTimer))
    timer.unref()
  }
  const check = () => {
    if (leftMs() > 0) return wait()
    for (const listener of [...listeners]) listener(ended())
  }
  wait()
  return {
    viewer() {
      if (leftMs() <= 0) throw ended()
      return viewer
    },
    extend(next) {
      if (viewer && (next.id !== viewer.id || next.organizationId !== viewer.organizationId)) {
        throw fail('UNAUTHENTICATED', 'The new token is somebody else’s: open a connection of its own.')
      }
      viewer = next
      wait()
    },
    onEnd(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    close: () => clearTimeout(timer),
  }
}
