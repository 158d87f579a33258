import type { Step } from '../exchange.ts'
import { callHook, contextOf } from '../extension-refused.ts'

/** Asks the operator's own step whether the request may come in, before anything of it is read. */
export const admit: Step = (exchange, { extension, log }) => {
  const context = contextOf(exchange.requestId, log)
  exchange.extension = context
  if (!extension?.onRequest) return
  const { request, target: url } = exchange
  const asked = { method: request.method ?? 'GET', url, headers: request.headers }
  return callHook(() => extension.onRequest?.(asked, context), exchange.cancellation)
}
