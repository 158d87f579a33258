import { describe, expect, it } from 'vitest'
import { clientWords, countOf, latencyWords, percentWords, verdictWords, versionWords } from './words.ts'

const version = {
  number: 3,
  at: '',
  kind: 'publish' as const,
  by: 'ci',
  author: null,
  commit: null,
  message: null,
  changed: ['events', 'gates'],
  composes: true,
  isLive: false,
  liveSince: null,
  rollsBackTo: null,
  counts: { breaking: 0, dangerous: 0, safe: 0, errors: 0 },
}
const removed = { level: 'breaking', code: 'FIELD_REMOVED', schema: 'api', message: '' } as const

describe('words of the registry', () => {
  it('never call a share none or all that is not', () => {
    expect(
      [
        [0, 10],
        [1, 100_000],
        [1, 40],
        [1, 3],
        [99_999, 100_000],
        [5, 5],
        [0, 0],
      ].map(([part = 0, whole = 0]) => percentWords(part, whole)),
    ).toEqual(['0 %', '< 0.1 %', '2.5 %', '33 %', '> 99.9 %', '100 %', '–'])
  })

  it('say how long something took', () => {
    expect([null, 0.4, 12, 1000, 1234].map(latencyWords)).toEqual(['–', '< 1 ms', '12 ms', '1 s', '1.2 s'])
  })

  it('say what became of a breaking change', () => {
    const usage = { operations: [], operationCount: 2, requests: 10, percent: 1, lastSeenAt: null }
    expect(verdictWords({ ...removed, verdict: 'used', usage })?.text).toBe('In use: breaks 2 operations')
    expect(verdictWords({ ...removed, verdict: 'unknown' })?.tone).toBe('alarm')
    const acknowledged = { reason: 'Agreed.', until: '2027-01-31', isExpired: false }
    expect(verdictWords({ ...removed, verdict: 'acknowledged', acknowledged })?.text).toContain('2027-01-31')
    expect(verdictWords({ ...removed, level: 'safe' })).toBeUndefined()
  })

  it('say how a version came to be', () => {
    expect(versionWords(version)).toBe('Published events, gates')
    expect(versionWords({ ...version, kind: 'remove', changed: ['old'] })).toBe('Took out old')
    expect(versionWords({ ...version, kind: 'rollback', rollsBackTo: 1, changed: ['events'] })).toBe(
      'Back to version 1: events',
    )
  })

  it('count one thing as one', () => {
    expect([countOf(1, 'field'), countOf(2041, 'field')]).toEqual(['1 field', '2,041 fields'])
    expect(clientWords({ name: '', version: '' })).toBe('without a name')
  })
})
