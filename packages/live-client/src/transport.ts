import type { LiveError } from './live-error.ts'
import type { LiveResult } from './live-result.ts'

/** One operation as it goes over the wire. */
export interface LiveRequest {
  /** Empty = the request names its document: graphql-transport-ws wants a text, be it an empty one. */
  readonly query: string
  readonly documentId?: string
  readonly operationName?: string
  readonly variables?: Readonly<Record<string, unknown>>
  /** With `resume`: the position to go on after, or null. */
  readonly extensions: Readonly<Record<string, unknown>> & { readonly resume: string | null }
}

/** How one attempt reports. After `end`, or after it was closed, it says no more; nor before `open` has returned. */
export interface AttemptSink {
  /** The server has let it in. */
  opened: () => void
  result: (result: LiveResult, eventId?: string) => void
  end: (end: AttemptEnd) => void
}

/** The server's `complete`, or why the attempt failed. */
export type AttemptEnd = { readonly isComplete: true } | { readonly error: LiveError }

/** Why an attempt is closed: nobody wants it; nothing came over it; its token was not taken. */
export type CloseReason = 'unwanted' | 'silent' | 'unauthenticated'

/** A way to the server. */
export interface Transport {
  /** Sends an operation; the function that is returned closes this attempt. */
  open: (request: LiveRequest, sink: AttemptSink) => (reason: CloseReason) => void
}
