import type { OperationRun } from '../exchange.ts'
import type { GatewayOptions } from '../options.ts'
import { fetchHeaders } from '../upstream/headers/fetch-headers.ts'
import type { HeaderRule } from '../upstream-options.ts'

/** The rules of each subgraph that has some of its own, and those for all. */
function ruleSets({ upstream, subgraphs }: GatewayOptions): readonly (readonly HeaderRule[])[] {
  const all = upstream?.headers ?? []
  const own = Object.values(subgraphs ?? {}).flatMap((placement) =>
    'headers' in placement && placement.headers ? [[...all, ...placement.headers]] : [],
  )
  return [all, ...own].filter((rules) => rules.length > 0)
}

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
