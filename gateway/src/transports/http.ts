import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http'
import type { Viewer } from '@headcount/access'
import { Cancellation } from '../cancellation.ts'
import type { Exchange, Media, Outcome, Parameters, Parts } from '../exchange.ts'
import { entryStages, exitStages } from '../pipeline.ts'
import { errorsOf } from '../run-operation.ts'
import { runStages } from '../run-stages.ts'

/** One request. A class, so that all have one shape and hold nothing that is rarely wanted. */
class HttpExchange implements Exchange {
  readonly request: IncomingMessage
  readonly response: ServerResponse
  readonly target: string
  readonly clientHeaders: IncomingHttpHeaders
  readonly startedAt = performance.now()
  readonly cancellation = new Cancellation()
  readonly headers: Record<string, string> = {}
  readonly extension = undefined
  requestId = ''
  traceparent = ''
  viewer: Viewer | undefined = undefined
  parameters: Parameters = {}
  isCounted = false
  media: Media = 'application/json'
  isAnswered = false
  deadline?: NodeJS.Timeout
  generation?: NonNullable<Exchange['generation']>
  operation?: NonNullable<Exchange['operation']>
  variables?: NonNullable<Exchange['variables']>
  held?: NonNullable<Exchange['held']>
  program?: NonNullable<Exchange['program']>
  outcome?: Outcome
  private parsed: URL | undefined

  constructor(request: IncomingMessage, response: ServerResponse) {
    this.request = request
    this.response = response
    this.target = request.url ?? '/'
    this.clientHeaders = request.headers
  }

  get url(): URL {
    this.parsed ??= new URL(this.target, 'http://gateway')
    return this.parsed
  }
}

function leave(exchange: HttpExchange, parts: Parts): void {
  clearTimeout(exchange.deadline)
  if (exchange.isCounted) parts.traffic.inProgress -= 1
}

/** Whatever happened, the client gets an answer, and the log a line. */
async function finish(exchange: HttpExchange, parts: Parts): Promise<void> {
  const { response } = exchange
  try {
    for (const { step } of exitStages) await step(exchange, parts)
  } catch (error) {
    // A fault in answering itself: the client must not wait for ever.
    parts.log.error({ err: error, requestId: exchange.requestId }, 'no answer could be given')
    if (response.headersSent) response.destroy()
    else response.writeHead(500, { 'content-length': '0' }).end()
  }
}

/** Answers one HTTP request at /graphql. Never rejects. */
export async function serveHttp(
  request: IncomingMessage,
  response: ServerResponse,
  parts: Parts,
): Promise<void> {
  const exchange = new HttpExchange(request, response)
  try {
    await runStages(entryStages, exchange, parts)
  } catch (error) {
    exchange.outcome = { errors: errorsOf(error) }
  }
  leave(exchange, parts)
  return finish(exchange, parts)
}
