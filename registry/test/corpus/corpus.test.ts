import { type Change, ChangeType, CriticalityLevel, diff } from '@graphql-inspector/core'
import { buildSchema } from 'graphql'
import { describe, expect, it } from 'vitest'
import { check } from '../../src/comparison/check.ts'
import { compareSchemas } from '../../src/comparison/compare-schemas.ts'
import { subgraph } from '../fixtures.ts'
import type { Told } from './pair.ts'
import { pairs } from './pairs.ts'

const levels = {
  [CriticalityLevel.Breaking]: 'breaking',
  [CriticalityLevel.Dangerous]: 'dangerous',
  [CriticalityLevel.NonBreaking]: 'safe',
} as const

const isNewElement =
  /^(TYPE|FIELD|INPUT_FIELD|ENUM_VALUE|DIRECTIVE|FIELD_ARGUMENT|DIRECTIVE_USAGE_\w+)_ADDED$/

/** What the inspector itself says, with none of its rules and none of ours. */
async function inspected(before: string, after: string): Promise<Told[]> {
  const changes: Change[] = await diff(buildSchema(before), buildSchema(after))
  return changes.map(({ type, path = '', criticality }) => [String(type), path, levels[criticality.level]])
}

/** Said already: within something new, or `@deprecated` as a directive beside the deprecation. */
function isSaid([code, coordinate]: Told, told: readonly Told[]): boolean {
  return told.some(
    ([above, holder]) =>
      (isNewElement.test(above) && (coordinate === holder || coordinate.startsWith(`${holder}.`))) ||
      (/_DEPRECATION_/.test(above) &&
        code.startsWith('DIRECTIVE_USAGE_') &&
        coordinate.includes('@deprecated')),
  )
}

const sorted = (told: readonly Told[]) => told.map((one) => one.join(' ')).sort()

describe('a corpus of changes', () => {
  it('has at least 60 pairs, each of another change, and every kind of change that an API can have', () => {
    expect(pairs.length).toBeGreaterThanOrEqual(60)
    expect(new Set(pairs.map(({ title }) => title)).size).toBe(pairs.length)
    const seen = new Set(pairs.flatMap(({ told }) => told.map(([code]) => code)))
    const usage = /^DIRECTIVE_USAGE_/
    expect(Object.values(ChangeType).filter((code) => !seen.has(code) && !usage.test(code))).toEqual([])
  })

  it.each(pairs)('is told as the inspector classifies it: $title', async ({ before, after, told }) => {
    const oracle = await inspected(before, after)
    const ours = await compareSchemas(buildSchema(before), buildSchema(after))
    expect(sorted(ours.map(({ code, coordinate = '', level }) => [code, coordinate, level]))).toEqual(
      sorted(told),
    )
    for (const one of told) expect(oracle).toContainEqual(one)
    const left = oracle.filter((one) => !sorted(told).includes(one.join(' ')))
    expect(left.filter(([, , level]) => level === 'breaking')).toEqual([])
    expect(left.filter((one) => !isSaid(one, told))).toEqual([])
  })

  it.each(pairs)(
    'is reported by a check of a graph: $title',
    async ({ before, after, told, composed = told }) => {
      const report = await check({ base: [subgraph('one', before)], head: [subgraph('one', after)] })
      if (composed === 'not-composed') return expect(report.outcome).toBe('not-composed')
      const api = report.changes.filter(({ schema }) => schema === 'api')
      expect(sorted(api.map(({ code, coordinate = '', level }) => [code, coordinate, level]))).toEqual(
        sorted(composed),
      )
      for (const change of api) {
        expect(change.place, change.code).toMatchObject({ subgraph: 'one' })
        expect(change.verdict === undefined).toBe(change.level !== 'breaking')
      }
    },
  )
})
