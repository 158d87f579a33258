import { describe, expect, it } from 'vitest'
import { problemAt } from './answer.ts'

const problem = (path: string) => ({ code: 'FORBIDDEN', message: '', path })

describe('problemAt', () => {
  it('finds the problem of a field, of what holds it, or of the whole', () => {
    for (const path of ['event.zones', 'event', '']) {
      expect(problemAt([problem(path)], 'event.zones')).toBeDefined()
    }
  })

  it('leaves a neighbour alone', () => {
    expect(problemAt([problem('event.zone'), problem('other')], 'event.zones')).toBeUndefined()
  })
})
