import type { Exchange, Parts, Step } from '../exchange.ts'
import { resultOf } from './measure.ts'

/** Characters of what a client calls its operation that the log keeps. */
const keptCharacters = 100

function short(text: string | undefined): string | undefined {
  return text?.slice(0, keptCharacters)
}

/** The request in one line. Names of operations and clients are theirs to choose, so they are cut. */
function lineOf(exchange: Exchange, { clients }: Parts) {
  const { requestId, request, response, operation, program, viewer, clientHeaders, batch } = exchange
  const client = clients.of(clientHeaders)
  return {
    requestId,
    method: request.method,
    // A client that has gone was told none.
    status: response.headersSent ? response.statusCode : undefined,
    code: resultOf(exchange.outcome),
    operation: short(operation?.definition.name?.value),
    // The part before the colon is the SHA-256 of the document, as clients name it by.
    hash: operation?.key.split(':', 1)[0],
    operations: batch?.length,
    client: client.name || undefined,
    clientVersion: client.version || undefined,
    organizationId: viewer?.organizationId,
    plannedFetches: program?.steps.length,
    bytes: exchange.bytes,
    milliseconds: Math.round((performance.now() - exchange.startedAt) * 100) / 100,
  }
}

/** Writes the request's line in the log. */
export const writeLog: Step = (exchange, parts) => {
  const { log, accessLogLevel } = parts
  if (accessLogLevel && log.isLevelEnabled(accessLogLevel))
    log[accessLogLevel](lineOf(exchange, parts), 'request')
}
