import type { IncomingHttpHeaders } from 'node:http'
import type { Viewer } from '@headcount/access'
import { claimsOf } from '../../authentication/claims.ts'
import type { HeaderRule } from '../../upstream-options.ts'
import { claimText, type Origin, type Rule, readRules } from './header-rules.ts'
import { hasLineBreak, isSendable, isTrace } from './names.ts'

/** What the headers of a fetch are made from. */
export interface HeaderSource {
  /** Those of the client's request, as Node reads them; over a WebSocket, of the request that opened it. */
  readonly headers: IncomingHttpHeaders
  /** Who asks; its token's claims are read only where a rule names one. */
  readonly viewer: Viewer | undefined
}

/** The headers that rules put on the fetches to one subgraph, beside those that the gateway writes itself. */
export interface FetchHeaders {
  /** `name: value\r\n` for each, a byte a character (latin1); '' without rules. */
  lines(source: HeaderSource): string
  /** The lines that may change an answer: without ids of requests and traces. Equal keys may share a fetch. */
  key(source: HeaderSource): string
  /** The same headers by name, for a hook that changes them. */
  record(source: HeaderSource): Record<string, string>
}

/** A header whose name is known from the rules: the first origin that has a value gives it. */
interface Slot {
  readonly name: string
  readonly origins: readonly Origin[]
}

/** Takes a header; `from` is the client's header that gave the value. */
type Put = (name: string, value: string, from: string | undefined) => void

const isHit = (matching: RegExp | string, name: string) =>
  typeof matching === 'string' ? matching === name : matching.test(name)

/** Runs the rules for one name, once and for all: later origins stand first, and whatever one of them hides is gone. */
function slotOf(name: string, rules: readonly Rule[]): Slot {
  let origins: Origin[] = []
  for (const rule of rules) {
    if (rule.kind === 'put' && rule.name === name) {
      const { origin } = rule
      const isSure = 'text' in origin || ('header' in origin && origin.fallback !== undefined)
      origins = isSure ? [origin] : [origin, ...origins]
    } else if (rule.kind === 'propagate' && rule.matching.test(name)) {
      origins = [{ header: name, fallback: undefined }, ...origins]
    } else if (rule.kind === 'remove' && isHit(rule.matching, name)) {
      origins = []
    }
  }
  return { name, origins }
}

/** Whether a header that no rule names by itself is handed on. */
function isHandedOn(name: string, rules: readonly Rule[]): boolean {
  let isOn = false
  for (const rule of rules) {
    if (rule.kind === 'propagate' && rule.matching.test(name)) isOn = true
    if (rule.kind === 'remove' && isHit(rule.matching, name)) isOn = false
  }
  return isOn && isSendable(name)
}

function headerText(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value.join(', ') : value
}

function valueFrom(origin: Origin, { headers, viewer }: HeaderSource): string | undefined {
  if ('text' in origin) return origin.text
  if ('claim' in origin) return claimText(claimsOf(viewer), origin.claim)
  return headerText(headers[origin.header]) ?? origin.fallback
}

function putSlot({ name, origins }: Slot, source: HeaderSource, put: Put): void {
  for (const origin of origins) {
    const value = valueFrom(origin, source)
    if (value === undefined) continue
    if (!hasLineBreak(value)) put(name, value, 'header' in origin ? origin.header : undefined)
    return
  }
}

/** Header names that are judged once; clients may send any number of others. */
const keptVerdicts = 1_000

/** Hands on the client's headers that rules find by a pattern; nothing when there is no such rule. */
function patternPass(rules: readonly Rule[], named: ReadonlySet<string>) {
  if (!rules.some(({ kind }) => kind === 'propagate')) return undefined
  const verdicts = new Map<string, boolean>()
  const judge = (name: string) => {
    const before = verdicts.get(name)
    if (before !== undefined) return before
    const verdict = !named.has(name) && isHandedOn(name, rules)
    if (verdicts.size < keptVerdicts) verdicts.set(name, verdict)
    return verdict
  }
  return (headers: IncomingHttpHeaders, put: Put) => {
    // What the client meant for its own connection ends here, unless a rule names it.
    const ended = headers.connection?.toLowerCase().split(/\s*,\s*/) ?? []
    for (const name in headers) {
      if (!judge(name) || ended.includes(name)) continue
      const value = headerText(headers[name])
      if (value !== undefined && !hasLineBreak(value)) put(name, value, name)
    }
  }
}

/** Puts the headers of the rules; those that never change are given once and for all, as lines. */
function compile(rules: readonly Rule[], written: readonly string[]) {
  const named = new Set(written)
  const slots: Slot[] = []
  for (const rule of rules) {
    if (rule.kind !== 'put' || named.has(rule.name)) continue
    named.add(rule.name)
    slots.push(slotOf(rule.name, rules))
  }
  const fixed: Record<string, string> = {}
  const moving: Slot[] = []
  for (const slot of slots) {
    const [origin] = slot.origins
    if (origin && 'text' in origin) fixed[slot.name] = origin.text
    else moving.push(slot)
  }
  const passOn = patternPass(rules, named)
  return {
    fixed,
    visit(source: HeaderSource, put: Put) {
      for (const slot of moving) putSlot(slot, source, put)
      passOn?.(source.headers, put)
    },
  }
}

const line = (name: string, value: string) => `${name}: ${value}\r\n`

const nothing: FetchHeaders = { lines: () => '', key: () => '', record: () => ({}) }

/**
 * Compiles header rules, those for all subgraphs before those for one. They run in their order, each over what the
 * earlier ones have left: `propagate`, `set` and `fromClaim` put a header in the place of the one before, `remove` takes
 * it away. `written` are the headers that the gateway writes itself on each fetch (request id, trace): rules leave them
 * to it. A value that no header can have is not sent.
 *
 * @throws HeaderRulesRefused with what is wrong with each rule
 */
export function fetchHeaders(
  rules: readonly HeaderRule[],
  written: readonly string[] = ['x-request-id', 'traceparent'],
): FetchHeaders {
  const ready = readRules(rules)
  if (ready.length === 0) return nothing
  const { fixed, visit } = compile(ready, written)
  const fixedLines = Object.entries(fixed)
    .map(([name, value]) => line(name, value))
    .join('')
  const isId = (name: string) => written.includes(name) || isTrace(name)
  return {
    lines(source) {
      let text = fixedLines
      visit(source, (name, value) => {
        text += line(name, value)
      })
      return text
    },
    key(source) {
      let text = fixedLines
      visit(source, (name, value, from) => {
        if (from === undefined || !isId(from)) text += line(name, value)
      })
      return text
    },
    record(source) {
      const headers = { ...fixed }
      visit(source, (name, value) => {
        headers[name] = value
      })
      return headers
    },
  }
}
