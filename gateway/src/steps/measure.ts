import type { Step } from '../exchange.ts'
import { codeOfOutcome } from './respond.ts'

/** Counts the request and writes its line in the log. */
export const measure: Step = (exchange, { metrics, log }) => {
  const { requestId, request, response, operation, outcome, startedAt, viewer } = exchange
  const seconds = (performance.now() - startedAt) / 1000
  const code = codeOfOutcome(outcome) ?? (outcome?.errors?.length ? 'PARTIAL' : 'OK')
  metrics.requests.inc({ code })
  // A stream's length says nothing of how fast an answer came.
  if (exchange.media !== 'text/event-stream') metrics.requestSeconds.observe(seconds)
  if (!log.isLevelEnabled('debug')) return
  log.debug(
    {
      requestId,
      method: request.method,
      status: response.statusCode,
      code,
      operation: operation?.definition.name?.value,
      organizationId: viewer?.organizationId,
      milliseconds: Math.round(seconds * 100_000) / 100,
    },
    'request',
  )
}
