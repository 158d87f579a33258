import type { Step } from '../exchange.ts'
import { contextOf } from '../extension-refused.ts'

/** Tells the operator's own step what was answered. Nobody waits for it. */
export const tellExtension: Step = (exchange, { extension, log }) => {
  const { requestId, response, outcome, startedAt } = exchange
  const context = exchange.extension ?? contextOf(requestId, log)
  const answer = {
    status: response.statusCode,
    errors: outcome?.errors?.length ?? 0,
    milliseconds: performance.now() - startedAt,
  }
  const failed = (error: unknown) => log.error({ err: error, requestId }, 'onAnswer of the extension failed')
  try {
    const told = extension?.onAnswer?.(answer, context)
    if (told instanceof Promise) told.catch(failed)
  } catch (error) {
    failed(error)
  }
}
