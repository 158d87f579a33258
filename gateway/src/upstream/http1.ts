import { Fault, type FaultKind } from './fault.ts'
import { Http1Error } from './http1/http1-error.ts'
import { Http1Pool } from './http1/http1-pool.ts'
import type { Transport, TransportOptions } from './transport.ts'

/** What is our own limit, and nothing that the subgraph did. */
const limits = new Set(['HTTP1_QUEUE_FULL', 'HTTP1_TOO_LARGE', 'HTTP1_CLOSED', 'HTTP1_INVALID_REQUEST'])
const misread = new Set(['HTTP1_MALFORMED', 'HTTP1_ENCODING'])

function kindOf({ code, isStale }: Http1Error): FaultKind {
  if (isStale) return 'stale'
  if (limits.has(code)) return 'limit'
  return misread.has(code) ? 'answer' : 'connection'
}

/** Reasons for which a call was cancelled stay as they are. */
function faultOf(error: Error | undefined): Error | undefined {
  return error instanceof Http1Error ? new Fault(kindOf(error), error.message, error) : error
}

/** Plain HTTP/1.1, by the client of `http1/`. */
export function http1Transport({ url, headers, settings }: TransportOptions): Transport {
  const { pathname, search } = new URL(url)
  const pool = new Http1Pool({ url, connections: settings.connections, idleMs: settings.keepAliveMs })
  const target = pool.prepare(`${pathname}${search}`, headers)
  return {
    send: (message, replied) =>
      pool.request({ target, headers: message.headers, body: message.body }, (error, response) => {
        if (response) replied(undefined, response)
        else replied(faultOf(error), undefined)
      }),
    stats: () => pool.stats,
    async close() {
      pool.destroy(new Fault('limit', 'The gateway is closing.'))
    },
  }
}
