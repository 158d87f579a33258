import { describe, expect, it } from 'vitest'
import { absence, readFigure } from './attendance.ts'

describe('readFigure', () => {
  it('is known when it has a value, 0 too', () => {
    expect(readFigure(0, [], 'event.registeredCount')).toEqual({ kind: 'known', value: 0 })
  })

  it('says that the role may not see it', () => {
    const problems = [{ code: 'FORBIDDEN', message: '', path: 'event.registeredCount' }]
    expect(readFigure(null, problems, 'event.registeredCount')).toEqual({
      kind: 'unknown',
      why: 'Your role may not see this.',
    })
  })

  it('says that it is away when another service does not answer', () => {
    const problems = [{ code: 'DOWNSTREAM_SERVICE_ERROR', message: '', path: 'event.registeredCount' }]
    expect(readFigure(null, problems, 'event.registeredCount')).toMatchObject({
      why: 'Not available at the moment.',
    })
  })
})

describe('absence', () => {
  it('counts who has not come', () => {
    expect(absence(50_000, 47_000)).toEqual({ count: 3000, share: 0.06 })
  })

  it('is never negative, and has no share of nobody', () => {
    expect(absence(10, 12)).toEqual({ count: 0, share: 0 })
    expect(absence(0, 0)).toEqual({ count: 0, share: undefined })
  })
})
