import { fail } from '@headcount/errors'
import type { Exchange, Parts, Step } from '../exchange.ts'
import { isOpening } from '../transports/events/stream-token.ts'
import { readBody } from '../transports/read-body.ts'

function checkContentType(exchange: Exchange): void {
  const { headers } = exchange.request
  if (headers['content-type'] === 'application/json' && headers['content-encoding'] === undefined) return
  const [type = '', ...parameters] = (headers['content-type'] ?? '').toLowerCase().split(';')
  const charset = parameters.map((word) => word.trim()).find((word) => word.startsWith('charset='))
  if (type.trim() !== 'application/json') {
    throw fail('UNSUPPORTED_MEDIA_TYPE', 'The body must be application/json.')
  }
  if (charset && !/^charset="?utf-?8"?$/.test(charset)) {
    throw fail('UNSUPPORTED_MEDIA_TYPE', 'The body must be in UTF-8.')
  }
  if ((headers['content-encoding'] ?? 'identity').toLowerCase() !== 'identity') {
    throw fail('UNSUPPORTED_MEDIA_TYPE', 'The body must not be compressed.')
  }
}

async function readWhole(exchange: Exchange, { limits }: Parts): Promise<void> {
  const { request, cancellation } = exchange
  try {
    exchange.body = await readBody(request, { limitBytes: limits.bodyBytes, cancellation })
  } catch (error) {
    // What is still on its way is not read, so this connection is of no more use.
    if (!request.complete) exchange.headers.connection = 'close'
    throw error
  }
}

/** Reads the body of a POST as text. */
export const receive: Step = (exchange, parts) => {
  if (exchange.request.method !== 'POST') return
  if (isOpening(exchange)) {
    exchange.request.resume()
    return
  }
  checkContentType(exchange)
  return readWhole(exchange, parts)
}
