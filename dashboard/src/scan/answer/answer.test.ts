import type { OfflineDecision } from '@headcount/scanner'
import { describe, expect, it } from 'vitest'
import type { ScanConflict, ScanReason } from '../../generated/graphql.ts'
import { SCAN_CONFLICTS, SCAN_REASONS } from '../../words/scan-words.ts'
import { eventTimes } from '../../words/times.ts'
import type { FinalWord, Verdict } from '../attempt/make-attempt.ts'
import { answerOf } from './answer.ts'

const times = eventTimes('Europe/Berlin')
const entry = { code: 'c', gateId: 'g', direction: 'ENTRY' as const }
const at = Date.parse('2026-11-22T17:30:05Z')

const answered = (word: FinalWord): Verdict => ({ kind: 'answered', scanId: 's', word })
const good = { kind: 'admitted', gateStatus: 'OPEN_BOTH', ticketTypeName: 'Standard' } as const
const bad = { kind: 'rejected', gateStatus: 'OPEN_BOTH', message: 'no' } as const
const alone = (decision: object): Verdict => ({
  kind: 'alone',
  scanId: 's',
  decision: { message: '', ticketTypeName: 'Standard', isUnlisted: false, ...decision } as OfflineDecision,
})

describe('answerOf', () => {
  it('is green and goes by itself after 1.5 s for who may pass', () => {
    const answer = answerOf(answered({ ...good, conflict: null }), entry, times)
    expect(answer).toMatchObject({ face: 'go', title: 'Let in', holdMs: 1500, ticketTypeName: 'Standard' })
    const exit = answerOf(answered({ ...good, conflict: null }), { ...entry, direction: 'EXIT' }, times)
    expect(exit.title).toBe('Let out')
  })

  it('is red and stays for who may not, with when and where the ticket was used', () => {
    const firstAdmission = { at, gateName: 'North' }
    const word: FinalWord = { ...bad, reason: 'ALREADY_INSIDE', firstAdmission, isOverridable: true }
    const answer = answerOf(answered(word), entry, times)
    expect(answer).toMatchObject({ face: 'stop', title: 'Stop', reason: 'Already inside' })
    expect(answer.holdMs).toBeUndefined()
    expect(answer.lines).toContain('Let in at 18:30:05, North.')
    expect(answer.lines).toContain('A supervisor may let it through.')
  })

  it('says where and when a ticket is good', () => {
    const wrong = answerOf(
      answered({ ...bad, reason: 'WRONG_GATE', validGates: ['East', 'South'] }),
      entry,
      times,
    )
    expect(wrong.lines).toContain('Valid at: East, South.')
    const early = answerOf(answered({ ...bad, reason: 'TOO_EARLY', validFrom: at }), entry, times)
    expect(early.lines).toContain('Valid from Sun 22 Nov, 18:30.')
    const late = answerOf(answered({ ...bad, reason: 'TOO_LATE', validUntil: at }), entry, times)
    expect(late.lines).toContain('Was valid until Sun 22 Nov, 18:30.')
  })

  it('is amber where this scanner let in by itself, red where it did not, and says so both times', () => {
    const passed = answerOf(alone({ outcome: 'ADMITTED', reason: null }), entry, times)
    expect(passed).toMatchObject({
      face: 'care',
      title: 'Let in',
      reason: 'Decided offline',
      isOffline: true,
    })
    const stopped = answerOf(alone({ outcome: 'REJECTED', reason: 'BLOCKED' }), entry, times)
    expect(stopped).toMatchObject({ face: 'stop', reason: 'Ticket is blocked', isOffline: true })
  })

  it('says that an unlisted ticket is genuine', () => {
    const answer = answerOf(alone({ outcome: 'ADMITTED', reason: null, isUnlisted: true }), entry, times)
    expect(answer.lines.join()).toMatch(/genuine/)
  })

  it('is amber with the disagreement where a soft rule was broken', () => {
    const answer = answerOf(answered({ ...good, conflict: 'ALREADY_INSIDE' }), entry, times)
    expect(answer).toMatchObject({
      face: 'care',
      title: 'Let in',
      reason: 'But the ticket was inside already',
    })
  })

  it('stops people where nothing is known', () => {
    expect(answerOf({ kind: 'unknown', scanId: 's' }, entry, times)).toMatchObject({ face: 'stop' })
  })

  it('has words for what a later platform than this page says', () => {
    const reason = 'SOMETHING_NEW' as ScanReason
    const stopped = answerOf(answered({ ...bad, reason, message: 'Bring a parent.' }), entry, times)
    expect(stopped).toMatchObject({ face: 'stop', title: 'Stop', lines: ['Bring a parent.'] })
    const conflict = 'SOMETHING_NEW' as ScanConflict
    const passed = answerOf(answered({ ...good, conflict }), entry, times)
    expect(passed).toMatchObject({ face: 'care', reason: 'But it was against a rule' })
  })
})

describe('the words', () => {
  it('are sentences for people: each reason says what is wrong and what to do', () => {
    for (const { title, advice } of Object.values(SCAN_REASONS)) {
      expect(title).toMatch(/^[A-Z][^.]+$/)
      expect(advice).toMatch(/^[A-Z].+[.?]$/)
    }
    const titles = Object.values(SCAN_REASONS).map(({ title }) => title)
    expect(new Set(titles).size).toBe(titles.length)
    for (const words of Object.values(SCAN_CONFLICTS)) expect(words).toMatch(/^(the|it|there) /)
  })
})
