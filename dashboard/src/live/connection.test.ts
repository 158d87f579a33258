import { LiveError, type LiveState } from '@headcount/live-client'
import { describe, expect, it } from 'vitest'
import { describeConnection, refusalOf } from './connection.ts'

const calm = { isOnline: true, isStale: false, now: 0 }
const feed = (live: LiveState, isMissing = false) => ({ live, isMissing })
const ended = (code: string) => feed({ phase: 'ended', error: new LiveError(code, '') })

describe('describeConnection', () => {
  it('says Live only while fresh numbers come', () => {
    const live = feed({ phase: 'live' })
    expect(describeConnection(live, calm).text).toBe('Live')
    expect(describeConnection(live, { ...calm, isStale: true }).name).toBe('stale')
    expect(describeConnection(live, { ...calm, isOnline: false }).name).toBe('offline')
    expect(describeConnection(feed({ phase: 'connecting' }), calm).name).toBe('connecting')
    expect(describeConnection(feed({ phase: 'lost', since: 0 }), calm).name).toBe('reconnecting')
  })

  it('counts down to the next attempt beside the text that is read aloud', () => {
    const { text, detail } = describeConnection(feed({ phase: 'lost', since: 0, retryAt: 4200 }), calm)
    expect(text).toBe('Reconnecting…')
    expect(detail).toBe('next try in 5 s')
  })

  it('says what will not change by waiting', () => {
    expect(describeConnection(ended('FORBIDDEN'), calm).name).toBe('refused')
    expect(describeConnection(ended('NOT_FOUND'), calm).name).toBe('missing')
    expect(describeConnection(feed({ phase: 'live' }, true), calm).name).toBe('missing')
    expect(describeConnection(ended('GRAPHQL_VALIDATION_FAILED'), calm).text).toContain(
      'load this page again',
    )
  })
})

describe('refusalOf', () => {
  it('is nothing while there may be counts', () => {
    expect(refusalOf(feed({ phase: 'lost', since: 0 }))).toBeUndefined()
    expect(refusalOf(ended('GRAPHQL_VALIDATION_FAILED'))).toBeUndefined()
  })
})
