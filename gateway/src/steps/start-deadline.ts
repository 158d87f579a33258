import { fail } from '@headcount/errors'
import type { Step } from '../exchange.ts'

/** Cancels all that the request has begun when its time is up, or when the client has gone. */
export const startDeadline: Step = (exchange, { limits }) => {
  const { cancellation, response } = exchange
  exchange.deadline = setTimeout(() => {
    cancellation.cancel(
      fail('DEADLINE_EXCEEDED', `The request took longer than ${limits.requestMs} ms and was given up.`),
    )
  }, limits.requestMs)
  response.once('close', () => {
    // A mutation goes on: the client may have gone, what it asked for may be half done.
    const isMutation = exchange.operation?.kind === 'mutation'
    if (!response.writableFinished && !isMutation) cancellation.cancel(fail('BAD_REQUEST', 'The client has gone.'))
  })
}
