import { fail } from '@headcount/errors'
import { Deadlines } from '../deadlines.ts'
import type { Exchange, OperationRun, Step } from '../exchange.ts'

/** Makes the watch over all requests: one that is late is cancelled with all that it has begun. */
export function requestDeadlines(limitMs: number): Deadlines<Exchange> {
  return new Deadlines(limitMs, ({ cancellation }) =>
    cancellation.cancel(
      fail('DEADLINE_EXCEEDED', `The request took longer than ${limitMs} ms and was given up.`),
    ),
  )
}

function isMutation({ operation }: OperationRun): boolean {
  return operation?.kind === 'mutation'
}

/** Cancels all that the request has begun when its time is up, or when the client has gone. */
export const startDeadline: Step = (exchange, { deadlines }) => {
  const { cancellation, response } = exchange
  deadlines.add(exchange)
  exchange.onClose = () => {
    if (response.writableFinished) return
    // A mutation goes on: the client may have gone, what it asked for may be half done.
    if (!isMutation(exchange) && !exchange.members?.some(isMutation))
      cancellation.cancel(fail('BAD_REQUEST', 'The client has gone.'))
  }
  response.on('close', exchange.onClose)
}
