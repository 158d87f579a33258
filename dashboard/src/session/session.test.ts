import { describe, expect, it } from 'vitest'
import { readSession, type Session, supersedes } from './session.ts'

const session: Session = {
  accessToken: 'a',
  refreshToken: 'r',
  email: 'e@x.test',
  roles: ['ANALYST'],
  family: 'f1',
  generation: 3,
  refreshAt: 1,
  endsAt: 2,
}

describe('readSession', () => {
  it('reads what was stored', () => {
    expect(readSession(JSON.stringify(session))).toEqual(session)
  })

  it.each([
    null,
    '',
    '{',
    '[]',
    '"x"',
    '{"accessToken":"a"}',
    JSON.stringify({ ...session, endsAt: 'soon' }),
  ])('takes %s for no session', (text) => {
    expect(readSession(text)).toBeUndefined()
  })
})

describe('supersedes', () => {
  it('takes a session when there is none', () => {
    expect(supersedes(session, undefined)).toBe(true)
  })

  it('takes a later generation of the same sign-in only', () => {
    expect(supersedes({ ...session, generation: 4 }, session)).toBe(true)
    expect(supersedes(session, session)).toBe(false)
    expect(supersedes({ ...session, generation: 2 }, session)).toBe(false)
  })

  it('leaves another sign-in alone', () => {
    expect(supersedes({ ...session, family: 'f2', generation: 9 }, session)).toBe(false)
  })
})
