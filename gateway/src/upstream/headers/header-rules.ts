import { claimAt } from '../../authentication/claims.ts'
import type { HeaderRule } from '../../upstream-options.ts'
import { isHeaderName, isHeaderValue, isSendable } from './names.ts'

/** Where a header's value may come from. */
export type Origin =
  | { readonly text: string }
  | { readonly header: string; readonly fallback: string | undefined }
  | { readonly claim: string }

/** A rule, ready to run; names in lower case. */
export type Rule =
  | { readonly kind: 'put'; readonly name: string; readonly origin: Origin }
  | { readonly kind: 'propagate'; readonly matching: RegExp }
  | { readonly kind: 'remove'; readonly matching: RegExp | string }

/** The rules can't be kept. */
export class HeaderRulesRefused extends Error {
  /** One sentence each. */
  readonly reasons: readonly string[]
  constructor(reasons: readonly string[]) {
    super(`The header rules were refused:\n${reasons.map((reason) => `  - ${reason}`).join('\n')}`)
    this.name = 'HeaderRulesRefused'
    this.reasons = reasons
  }
}

function checkedName(name: string): string {
  const lower = name.toLowerCase()
  if (!isHeaderName(lower)) throw new Error(`${JSON.stringify(name)} is not the name of a header.`)
  return lower
}

function target(name: string): string {
  const lower = checkedName(name)
  if (!isSendable(lower))
    throw new Error(`The header ${lower} belongs to one connection or to the gateway; no rule sends it.`)
  return lower
}

function pattern(text: string): RegExp {
  try {
    return new RegExp(text)
  } catch {
    throw new Error(`${JSON.stringify(text)} is not a regular expression.`)
  }
}

function checkedValue(text: string): string {
  if (!isHeaderValue(text)) throw new Error(`${JSON.stringify(text)} has characters that no header can have.`)
  return text
}

function read(rule: HeaderRule): Rule {
  if ('set' in rule) {
    const { name, value } = rule.set
    return { kind: 'put', name: target(name), origin: { text: checkedValue(value) } }
  }
  if ('fromClaim' in rule) {
    const { claim, name } = rule.fromClaim
    return { kind: 'put', name: target(name), origin: { claim } }
  }
  if ('remove' in rule) {
    const { remove } = rule
    return {
      kind: 'remove',
      matching: 'name' in remove ? checkedName(remove.name) : pattern(remove.matching),
    }
  }
  const { propagate } = rule
  if ('matching' in propagate) return { kind: 'propagate', matching: pattern(propagate.matching) }
  const { name, rename = name, default: fallback } = propagate
  const header = target(name)
  if (fallback !== undefined) checkedValue(fallback)
  return { kind: 'put', name: target(rename), origin: { header, fallback } }
}

/** Makes rules ready to run. @throws HeaderRulesRefused with what is wrong with each */
export function readRules(rules: readonly HeaderRule[]): readonly Rule[] {
  const reasons: string[] = []
  const ready = rules.flatMap((rule) => {
    try {
      return [read(rule)]
    } catch (error) {
      reasons.push(error instanceof Error ? error.message : String(error))
      return []
    }
  })
  if (reasons.length > 0) throw new HeaderRulesRefused(reasons)
  return ready
}

const plain = new Set(['string', 'number', 'boolean'])

/** A claim as a header's value: texts, numbers and booleans as they are, lists of them with commas between; others have none. */
export function claimText(claims: unknown, claim: string): string | undefined {
  const value = claimAt(claims, claim)
  const parts = (Array.isArray(value) ? value : [value]).filter((part) => plain.has(typeof part))
  if (parts.length === 0) return undefined
  // Header lines are bytes: what is not ASCII goes as UTF-8, a byte a character.
  const text = Buffer.from(parts.join(','), 'utf8').toString('latin1')
  return isHeaderValue(text) ? text : undefined
}
