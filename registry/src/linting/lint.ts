import type { LintFinding } from '@headcount/registry-api'
import type { ParsedSubgraph } from '../subgraph.ts'
import { elementsOf, type LintedElement } from './elements.ts'
import { type LintLevel, type LintRule, type LintRuleCode, lintRules } from './rules.ts'

/** What is looked at, and by which rules. */
export interface Linting {
  readonly base: readonly ParsedSubgraph[]
  readonly head: readonly ParsedSubgraph[]
  readonly levels: Readonly<Record<LintRuleCode, LintLevel>>
  /** Whether elements are looked at that are as they were. */
  readonly looksAtAll: boolean
}

/** What the rules find in the elements that are new or changed; errors first. */
export function lint({ base, head, levels, looksAtAll }: Linting): LintFinding[] {
  const before = elementsOf(base)
  const findings = [...elementsOf(head).values()].flatMap((element) => {
    const known = new Set(before.get(element.coordinate)?.declarations.map(({ text }) => text))
    const changed = element.declarations.find(({ text }) => !known.has(text))
    const declaration = changed ?? (looksAtAll ? element.declarations[0] : undefined)
    return declaration ? findingsOf(element, declaration.place, levels) : []
  })
  return findings.sort((a, b) => Number(b.level === 'error') - Number(a.level === 'error'))
}

function findingsOf(
  element: LintedElement,
  place: LintFinding['place'],
  levels: Linting['levels'],
): LintFinding[] {
  return (Object.keys(lintRules) as LintRuleCode[]).flatMap((rule) => {
    const level = levels[rule]
    const { find }: LintRule = lintRules[rule]
    const message = level === 'off' ? undefined : find(element)
    if (level === 'off' || message === undefined) return []
    return [{ rule, level, coordinate: element.coordinate, message, ...(place && { place }) }]
  })
}
