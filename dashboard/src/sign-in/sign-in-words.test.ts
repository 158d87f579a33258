import { describe, expect, it } from 'vitest'
import { signInWords } from './sign-in-words.ts'

describe('signInWords', () => {
  it('says when to try again', () => {
    expect(signInWords({ kind: 'limited', retryAfterMs: 7200 })).toContain('in 8 s')
  })

  it('does not say which of e-mail and password was wrong', () => {
    expect(signInWords({ kind: 'invalid' })).toMatch(/E-mail or password/)
  })
})
