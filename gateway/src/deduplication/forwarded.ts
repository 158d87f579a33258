import type { OperationRun } from '../exchange.ts'
import type { GatewayOptions } from '../options.ts'
import { fetchHeaders } from '../upstream/headers/fetch-headers.ts'
import { ruleSets } from '../upstream/headers/rule-sets.ts'

/** Who asks, and with which headers. */
export type Asker = Pick<OperationRun, 'clientHeaders' | 'viewer'>

/** Compiles what of a request's headers reaches any subgraph, and so may change the answer. */
export function forwardedHeaders(options: GatewayOptions): (of: Asker) => string {
  const written = [(options.requestIdHeader ?? 'x-request-id').toLowerCase(), 'traceparent']
  const compiled = ruleSets(options).map((rules) => fetchHeaders(rules, written))
  if (compiled.length === 0) return () => ''
  return ({ clientHeaders: headers, viewer }) => {
    let text = ''
    for (const { key } of compiled) {
      const lines = key({ headers, viewer })
      // With its length, no list of headers can pass for another one.
      text += `${lines.length}:${lines}`
    }
    return text
  }
}
