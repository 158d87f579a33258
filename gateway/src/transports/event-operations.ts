import type { FormattedExecutionResult, GraphQLFormattedError } from 'graphql'
import { Cancellation } from '../cancellation.ts'
import type { Exchange, Parts } from '../exchange.ts'
import { maskError } from '../execution/mask.ts'
import type { LiveResult } from '../live/live-result.ts'
import { createSession } from '../live/session.ts'
import { subscribe } from '../live/subscribe.ts'
import type { Reservation } from './reservations.ts'
import { beginTask, runTask } from './run-task.ts'

type Events = AsyncGenerator<LiveResult, undefined>

async function* one(payload: FormattedExecutionResult): Events {
  yield { payload, seq: undefined }
  return undefined
}

/** An error ends an event stream as its last result: the protocol has no other place for it. */
function endingWithErrors(
  stream: Events,
  end: { readonly payloadOf: (error: unknown) => FormattedExecutionResult; readonly onEnd: () => void },
): Events {
  const done = { done: true, value: undefined } as const
  let isOver = false
  // Not a generator: its `return` would wait for a result that may never come.
  const events: Events = {
    async next() {
      if (isOver) return done
      try {
        const result = await stream.next()
        if (result.done) events.return(undefined)
        return result
      } catch (error) {
        await events.return(undefined)
        return { done: false, value: { payload: end.payloadOf(error), seq: undefined } }
      }
    },
    async return() {
      if (!isOver) {
        isOver = true
        end.onEnd()
        await stream.return(undefined)
      }
      return done
    },
    throw: () => events.return(undefined),
    [Symbol.asyncIterator]: () => events,
    [Symbol.asyncDispose]: async () => void (await events.return(undefined)),
  }
  return events
}

function lastEventSeq(exchange: Exchange): number | undefined {
  const header = exchange.request.headers['last-event-id']
  return typeof header === 'string' && /^\d{1,15}$/.test(header) ? Number(header) : undefined
}

/** Begins what an event stream's request asks for. Refusals are results of the stream too. */
export async function openEvents(
  exchange: Exchange,
  parts: Parts,
  reservation: Reservation | undefined,
): Promise<Events> {
  if (!reservation) return begin({ exchange, reservation, onEnd: () => {} }, parts)
  // Counted before anything is waited for, or many at once would all find room.
  reservation.operations += 1
  let isCounted = true
  const onEnd = () => {
    if (isCounted) reservation.operations -= 1
    isCounted = false
  }
  try {
    return await begin({ exchange, reservation, onEnd }, parts)
  } catch (error) {
    onEnd()
    throw error
  }
}

interface Asked {
  readonly exchange: Exchange
  readonly reservation: Reservation | undefined
  /** Called when a subscription has ended, or when there is none. */
  readonly onEnd: () => void
}

async function begin({ exchange, reservation, onEnd }: Asked, parts: Parts): Promise<Events> {
  const { viewer, parameters, requestId } = exchange
  const whole = (payload: FormattedExecutionResult) => {
    onEnd()
    return one(payload)
  }
  const refused = (errors: readonly GraphQLFormattedError[]) => whole({ errors })
  // In the single connection mode the request ends long before the operation.
  const cancellation = reservation ? new Cancellation() : exchange.cancellation
  const { clientHeaders, extension: opened } = exchange
  const task = { parameters, viewer, cancellation, clientHeaders, requestId, opened }
  const found = await beginTask(task, parts)
  if ('errors' in found) return refused(found.errors)
  const { run } = found
  if (run.operation?.kind === 'mutation' && exchange.request.method === 'GET') {
    return refused([{ message: 'A mutation goes by POST.', extensions: { code: 'METHOD_NOT_ALLOWED' } }])
  }
  if (run.operation?.kind !== 'subscription') return whole(await runTask(run, parts))
  const session = createSession(viewer, parts.now)
  const resumed = reservation ? undefined : lastEventSeq(exchange)
  const subscribed = await subscribe({ run, session, lastEventSeq: resumed }, parts)
  if ('errors' in subscribed) {
    session.close()
    return refused(subscribed.errors)
  }
  return endingWithErrors(subscribed.stream, {
    payloadOf: (error) => ({ errors: [maskError(error, { requestId, log: parts.log })] }),
    onEnd: () => {
      session.close()
      onEnd()
    },
  })
}
