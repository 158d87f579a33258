import { fail } from '@headcount/errors'
import type { Step } from '../exchange.ts'

/** GET is for what changes nothing; subscriptions need a stream. */
export const checkMethod: Step = ({ request, operation, headers }) => {
  if (request.method === 'GET' && operation?.kind === 'mutation') {
    headers.allow = 'POST'
    throw fail('METHOD_NOT_ALLOWED', 'A mutation goes by POST.')
  }
  if (operation?.kind === 'subscription') {
    throw fail(
      'NOT_ACCEPTABLE',
      'A subscription goes by "accept: text/event-stream", or over a WebSocket (graphql-transport-ws).',
    )
  }
}
