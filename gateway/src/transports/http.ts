import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Exchange, Parts } from '../exchange.ts'
import { entryStages, exitStages } from '../pipeline.ts'
import { errorsOf } from '../run-operation.ts'

function openExchange(request: IncomingMessage, response: ServerResponse): Exchange {
  const controller = new AbortController()
  return {
    request,
    response,
    url: new URL(request.url ?? '/', 'http://gateway'),
    startedAt: performance.now(),
    controller,
    signal: controller.signal,
    requestId: '',
    traceparent: '',
    viewer: undefined,
    parameters: {},
    isCounted: false,
    media: 'application/json',
    headers: {},
    isAnswered: false,
  }
}

async function enter(exchange: Exchange, parts: Parts): Promise<void> {
  for (const { step } of entryStages) {
    await step(exchange, parts)
    if (exchange.isAnswered) return
  }
}

/** Answers one HTTP request at /graphql. Never rejects. */
export async function serveHttp(
  request: IncomingMessage,
  response: ServerResponse,
  parts: Parts,
): Promise<void> {
  const exchange = openExchange(request, response)
  try {
    await enter(exchange, parts)
  } catch (error) {
    exchange.outcome = { errors: errorsOf(error) }
  } finally {
    clearTimeout(exchange.deadline)
    if (exchange.isCounted) parts.traffic.inProgress -= 1
  }
  try {
    for (const { step } of exitStages) await step(exchange, parts)
  } catch (error) {
    // A fault in answering itself: the client must not wait for ever.
    parts.log.error({ err: error, requestId: exchange.requestId }, 'no answer could be given')
    if (response.headersSent) response.destroy()
    else response.writeHead(500, { 'content-length': '0' }).end()
  }
}
