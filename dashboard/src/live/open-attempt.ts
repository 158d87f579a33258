import { stringifyDocument } from '@urql/core'
import { createClient, type FormattedExecutionResult, type Sink } from 'graphql-ws'
import { OccupancyChangedDocument, type OccupancyChangedSubscription } from '../generated/graphql.ts'
import { type Problem, readProblem, UNAUTHENTICATED, UNREACHABLE } from '../graph/answer.ts'
import type { AttemptSink, OpenAttempt } from './occupancy-feed.ts'

export interface LiveCredentials {
  accessToken: () => Promise<string | undefined>
  /** Calls with each new token. */
  onAccessToken: (listener: (accessToken: string) => void) => () => void
}

export interface LiveParts {
  /** `ws:` or `wss:`. */
  url: string
  credentials: LiveCredentials
  eventId: string
}

/** Faster than this nobody reads. */
const MIN_INTERVAL_MS = 500
const ACK_WAIT_MS = 8000
const NORMAL_CLOSURE = 1000

/** The platform's close codes that mean "not with this token" (graphql-transport-ws, and 3000 of its registry). */
const UNAUTHORIZED_CLOSES: readonly number[] = [3000, 4401, 4403]

/**
 * One attempt is one WebSocket, so that a socket that hangs while it closes cannot hold up the next. The client's
 * own retries are off: they would send the first `afterSeq` again and again.
 */
export function createOpenAttempt(parts: LiveParts): OpenAttempt {
  return (afterSeq, sink) => {
    let isOver = false
    const close = () => {
      if (isOver) return
      isOver = true
      connection.stopExtending()
      stop()
      connection.client.terminate()
    }
    const end = (problem?: Problem) => {
      if (isOver) return
      close()
      sink.onEnd(problem)
    }
    const connection = connect(parts, end)
    const stop = connection.client.subscribe<OccupancyChangedSubscription>(
      {
        query: stringifyDocument(OccupancyChangedDocument),
        operationName: 'OccupancyChanged',
        variables: { eventId: parts.eventId, minIntervalMs: MIN_INTERVAL_MS, afterSeq: afterSeq ?? null },
      },
      subscriber({ onMessage: (message) => isOver || sink.onMessage(message), onEnd: end }),
    )
    return close
  }
}

/** A connection that is kept in step with the person's access token. */
function connect({ url, credentials }: LiveParts, onClosed: () => void) {
  let socket: WebSocket | undefined
  let sent: string | undefined
  const extend = (accessToken: string) => {
    if (socket?.readyState !== WebSocket.OPEN || accessToken === sent) return
    socket.send(JSON.stringify({ type: 'ping', payload: { accessToken } }))
    sent = accessToken
  }
  const client = createClient({
    url,
    retryAttempts: 0,
    connectionAckWaitTimeout: ACK_WAIT_MS,
    connectionParams: async () => {
      sent = await credentials.accessToken()
      if (!sent) throw new Error('No access token can be had at the moment.')
      return { accessToken: sent }
    },
    on: {
      connected: async (opened) => {
        socket = opened as WebSocket
        const accessToken = await credentials.accessToken() // it may have been replaced meanwhile
        if (accessToken) extend(accessToken)
      },
      // After a normal closure the client would subscribe again by itself, with the old `afterSeq`.
      closed: (event) => {
        if ((event as CloseEvent).code === NORMAL_CLOSURE) onClosed()
      },
    },
  })
  // The platform ends a subscription with its token, unless a ping brings the next one in time.
  return { client, stopExtending: credentials.onAccessToken(extend) }
}

type LiveResult = FormattedExecutionResult<OccupancyChangedSubscription, unknown>

function subscriber(sink: AttemptSink): Sink<LiveResult> {
  return {
    next: ({ data, errors }) => {
      const [error] = errors ?? []
      if (data?.occupancyChanged || !error) sink.onMessage(data?.occupancyChanged)
      else sink.onEnd(readProblem(error))
    },
    error: (reason: unknown) => sink.onEnd(problemOf(reason)),
    complete: () => sink.onEnd(),
  }
}

/** `graphql-ws` ends with the errors of the operation, with a close event, or with whatever went wrong here. */
function problemOf(reason: unknown): Problem {
  if (Array.isArray(reason) && reason.length > 0) return readProblem(reason[0])
  if (typeof reason === 'object' && reason !== null && 'code' in reason) {
    const isUnauthorized = UNAUTHORIZED_CLOSES.includes(Number(reason.code))
    return {
      code: isUnauthorized ? UNAUTHENTICATED : UNREACHABLE,
      message: 'The connection was closed.',
      path: '',
    }
  }
  return { code: UNREACHABLE, message: reason instanceof Error ? reason.message : 'No connection.', path: '' }
}
