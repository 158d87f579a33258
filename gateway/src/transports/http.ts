import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http'
import type { Viewer } from '@headcount/access'
import { Cancellation } from '../cancellation.ts'
import type { Exchange, Media, Outcome, Parameters, Parts } from '../exchange.ts'
import type { ExtensionContext } from '../extension.ts'
import { errorsOf } from '../run-operation.ts'
import { runSteps, runTimedSteps } from '../run-stages.ts'

/** One request. A class, so that all have one shape and hold nothing that is rarely wanted. */
class HttpExchange implements Exchange {
  readonly request: IncomingMessage
  readonly response: ServerResponse
  readonly target: string
  readonly clientHeaders: IncomingHttpHeaders
  readonly startedAt = performance.now()
  before: Exchange | undefined = undefined
  after: Exchange | undefined = undefined
  readonly cancellation = new Cancellation()
  readonly headers: Record<string, string> = {}
  extension: ExtensionContext | undefined = undefined
  requestId = ''
  traceparent = ''
  viewer: Viewer | undefined = undefined
  parameters: Parameters = {}
  isCounted = false
  onClose: (() => void) | undefined = undefined
  token: string | undefined = undefined
  body = ''
  flightKey: string | undefined = undefined
  batch: readonly Parameters[] | undefined = undefined
  members?: NonNullable<Exchange['members']>
  bytes = 0
  media: Media = 'application/json'
  isAnswered = false
  generation?: NonNullable<Exchange['generation']>
  operation?: NonNullable<Exchange['operation']>
  variables?: NonNullable<Exchange['variables']>
  held?: NonNullable<Exchange['held']>
  program?: NonNullable<Exchange['program']>
  takesParts = false
  outcome?: Outcome
  later?: NonNullable<Exchange['later']>
  text?: string
  documentId?: string
  cost?: number
  encoded?: Buffer
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
  parts.deadlines.remove(exchange)
  if (exchange.isCounted) parts.traffic.inProgress -= 1
}

/** Whatever happened, the client gets an answer, and the log a line. */
async function finish(exchange: HttpExchange, parts: Parts): Promise<void> {
  const { response } = exchange
  try {
    for (const step of parts.steps.exit) {
      const wait = step(exchange, parts)
      if (wait) await wait
    }
  } catch (error) {
    // A fault in answering itself: the client must not wait for ever.
    parts.log.error({ err: error, requestId: exchange.requestId }, 'no answer could be given')
    if (response.headersSent) response.destroy()
    else response.writeHead(500, { 'content-length': '0' }).end()
  }
}

/** Answers one HTTP request at the endpoint. Never rejects. */
export async function serveHttp(
  request: IncomingMessage,
  response: ServerResponse,
  parts: Parts,
): Promise<void> {
  const exchange = new HttpExchange(request, response)
  const isTimed = parts.isMeasured && parts.metrics.stageTimes.isTurn()
  try {
    await (isTimed ? runTimedSteps : runSteps)<Exchange>(parts.steps.entry, exchange, parts)
  } catch (error) {
    exchange.outcome = { errors: errorsOf(error) }
  }
  await finish(exchange, parts)
  // Compressing it, and the parts that come later, belong to the request: it is under way until then.
  leave(exchange, parts)
}
