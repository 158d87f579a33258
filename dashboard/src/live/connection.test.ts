import { describe, expect, it } from 'vitest'
import { describeConnection } from './connection.ts'

const calm = { isOnline: true, isStale: false, now: 0 }

describe('describeConnection', () => {
  it('says Live only while fresh numbers come', () => {
    expect(describeConnection({ phase: 'live' }, calm).text).toBe('Live')
    expect(describeConnection({ phase: 'live' }, { ...calm, isStale: true }).name).toBe('stale')
    expect(describeConnection({ phase: 'live' }, { ...calm, isOnline: false }).name).toBe('offline')
    expect(describeConnection({ phase: 'reconnecting' }, calm).name).toBe('reconnecting')
  })

  it('counts down to the next attempt beside the text that is read aloud', () => {
    const { text, detail } = describeConnection({ phase: 'reconnecting', retryAt: 4200 }, calm)
    expect(text).toBe('Reconnecting…')
    expect(detail).toBe('next try in 5 s')
  })
})
