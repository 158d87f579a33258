import { fail } from '@headcount/errors'
import type { Step } from '../exchange.ts'

/** Turns a request away when too many are under way, or when the gateway is stopping. */
export const shed: Step = (exchange, { limits, traffic }) => {
  if (traffic.isDraining) {
    exchange.headers.connection = 'close'
    exchange.headers['retry-after'] = '1'
    throw fail('NOT_READY', 'This gateway is stopping; try again.', { retryAfterMs: 1_000 })
  }
  if (traffic.inProgress >= limits.requestsInProgress) {
    exchange.headers['retry-after'] = '1'
    throw fail('OVERLOADED', 'Too many requests are under way; try again.', { retryAfterMs: 1_000 })
  }
  traffic.inProgress += 1
  exchange.isCounted = true
}
