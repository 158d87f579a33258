import type { IncomingHttpHeaders } from 'node:http'
import type { GatewayOptions } from '../../options.ts'
import { readRules } from '../../upstream/headers/header-rules.ts'
import { isSendable } from '../../upstream/headers/names.ts'
import { ruleSets } from '../../upstream/headers/rule-sets.ts'

/** Picks what is kept of the headers of a request that opened a connection. */
export type KeptHeaders = (headers: IncomingHttpHeaders) => IncomingHttpHeaders

const none: IncomingHttpHeaders = {}

/**
 * Chooses the headers that rules may hand on to subgraphs; all where an extension may look at them. Each of many thousand
 * connections keeps them for as long as it lasts.
 */
export function keptHeaders(options: GatewayOptions): KeptHeaders {
  if (options.extension) return (headers) => headers
  const rules = ruleSets(options).flatMap((set) => readRules(set))
  const named = new Set(
    rules.flatMap((rule) => (rule.kind === 'put' && 'header' in rule.origin ? [rule.origin.header] : [])),
  )
  const patterns = rules.flatMap((rule) => (rule.kind === 'propagate' ? [rule.matching] : []))
  // It names headers that patterns pass over.
  if (patterns.length > 0) named.add('connection')
  if (named.size === 0) return () => none
  const isKept = (name: string) =>
    named.has(name) || (isSendable(name) && patterns.some((pattern) => pattern.test(name)))
  return (headers) => Object.fromEntries(Object.entries(headers).filter(([name]) => isKept(name)))
}
