import { describe, expect, it } from 'vitest'
import { FIRST_CHOICE } from '../choice.ts'
import type { ScannerView } from '../scanner-view.ts'
import { notesOf } from './status-notes.ts'

const calm: ScannerView = {
  eventName: 'A night',
  gates: [],
  choice: FIRST_CHOICE,
  answer: undefined,
  isDeciding: false,
  isReachable: true,
  ...{ waiting: 0, waitingMs: undefined, damaged: 0, isStoreFailing: false },
  list: { isComplete: true, ageMs: 12_000, tickets: 100 },
  ...{ listProblem: undefined, skewMs: 300, batteryPercent: 80, missingCount: 0 },
}
const note = (name: string, more: Partial<ScannerView>) =>
  notesOf({ ...calm, ...more }).find((one) => one.name === name)

describe('notesOf', () => {
  it('is calm while all is well', () => {
    expect(notesOf(calm).map(({ text }) => text)).toEqual([
      'Online',
      'All uploaded',
      'List 12 s old',
      'Battery 80 %',
    ])
    expect(notesOf(calm).filter(({ tone }) => tone === 'alarm' || tone === 'warning')).toEqual([])
  })

  it('is loud about a list that cannot be decided by', () => {
    const list = { isComplete: false, ageMs: 1000, tickets: 40 }
    expect(note('list', { list })).toMatchObject({ text: 'No ticket list', tone: 'alarm' })
  })

  it('says what waits and for how long', () => {
    expect(note('waiting', { waiting: 1200, waitingMs: 180_000 })).toMatchObject({
      text: '1,200 to upload for 3 min',
      tone: 'warning',
    })
  })

  it('says how wrong the clock is, from a minute on', () => {
    expect(note('clock', { skewMs: 59_000 })).toBeUndefined()
    expect(note('clock', { skewMs: -7_200_000 })?.text).toBe('Clock 2 h slow')
  })

  it('says what was lost', () => {
    expect(note('missing', { missingCount: 3, waiting: 2 })).toMatchObject({
      ...{ text: '1 scan did not arrive', tone: 'alarm' },
    })
    expect(note('missing', { missingCount: 3, waiting: 3 })).toBeUndefined()
    expect(note('damaged', { damaged: 1 })?.tone).toBe('alarm')
    expect(note('store', { isStoreFailing: true })?.tone).toBe('alarm')
  })
})
