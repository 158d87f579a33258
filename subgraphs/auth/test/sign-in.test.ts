import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { password, startAuth } from './start-auth.ts'

let auth: Awaited<ReturnType<typeof startAuth>>
let clock = new Date('2026-06-01T12:00:00.400Z')
const later = (ms: number) => {
  clock = new Date(clock.getTime() + ms)
}

beforeAll(async () => {
  auth = await startAuth({ now: () => clock })
  await auth.addUser('Ada@Demo.headcount.test', 'ORGANISER')
})
// What one test guessed wrong is forgotten before the next.
beforeEach(() => later(600_000))
afterAll(() => auth.stop())

test('the right password gives a token with who, where and what, verifiable by the published keys', async () => {
  const session = await auth.signIn('ada@demo.headcount.test')
  expect(session.__typename).toBe('Session')
  const claims = await auth.claims(session.accessToken)
  expect(claims).toMatchObject({
    sub: session.user.id,
    org: auth.organization.id,
    kind: 'user',
    sid: expect.stringMatching(/^ses_/),
    iss: 'headcount',
    aud: 'headcount',
  })
  expect(String(claims.scope).split(' ')).toEqual(
    expect.arrayContaining(['event:*', 'self:read', 'self:write']),
  )
  expect(new Date(session.expiresAt).getTime()).toBe((claims.exp ?? 0) * 1000)
  const lifeMs = new Date(session.expiresAt).getTime() - clock.getTime()
  expect(lifeMs).toBeGreaterThanOrEqual(900_000)
  expect(lifeMs).toBeLessThan(901_000)
})

test('an e-mail address is one account however it is written', async () => {
  for (const email of ['ADA@DEMO.HEADCOUNT.TEST', '  ada@demo.headcount.test '])
    expect((await auth.signIn(email)).__typename).toBe('Session')
})

test.each([
  ['a wrong password', 'ada@demo.headcount.test', 'wrong'],
  ['an unknown address', 'nobody@demo.headcount.test', password],
  ['no address at all', 'ada', password],
  ['an empty password', 'ada@demo.headcount.test', ''],
  ['an over-long address', `${'a'.repeat(250)}@demo.test`, password],
  ['an over-long password', 'ada@demo.headcount.test', 'x'.repeat(10_000)],
  ['a NUL in the address', 'ada\u0000@demo.headcount.test', password],
])('%s is refused in the same words', async (_what, email, word) => {
  const refused = await auth.signIn(email, word)
  expect(refused).toEqual({
    __typename: 'InvalidCredentials',
    message: 'The e-mail address or the password is not right.',
  })
})

test('an unknown address takes as long as a wrong password', async () => {
  const median = async (email: string) => {
    const times: number[] = []
    for (let count = 0; count < 5; count++) {
      const startedAt = performance.now()
      await auth.signIn(email, 'wrong')
      times.push(performance.now() - startedAt)
    }
    return times.sort((a, b) => a - b)[2] ?? 0
  }
  const wrong = await median('ada@demo.headcount.test')
  expect(await median('unknown@demo.headcount.test')).toBeGreaterThan(wrong / 3)
})

test.each(['ada@demo.headcount.test', 'stranger@demo.headcount.test'])(
  'after ten wrong passwords for %s even the right one is refused, and 30 s later it is let in though guessing went on',
  async (email) => {
    for (let count = 0; count < 10; count++)
      expect((await auth.signIn(email, 'wrong')).__typename).toBe('InvalidCredentials')
    const limited = await auth.signIn(email)
    expect(limited).toMatchObject({ __typename: 'RateLimited', retryAfterMs: expect.any(Number) })
    expect(limited.retryAfterMs).toBeGreaterThan(0)
    expect(limited.retryAfterMs).toBeLessThanOrEqual(30_000)
    for (let count = 0; count < 30; count++) await auth.signIn(email, 'guess')
    later(limited.retryAfterMs)
    const isKnown = email.startsWith('ada')
    expect((await auth.signIn(email)).__typename).toBe(isKnown ? 'Session' : 'InvalidCredentials')
  },
)

test('sixty guesses sent at once are hardly more than ten', async () => {
  const answers = await Promise.all(
    Array.from({ length: 60 }, () => auth.signIn('bulk@demo.headcount.test', 'guess')),
  )
  const checked = answers.filter(({ __typename }) => __typename === 'InvalidCredentials')
  expect(checked.length).toBeGreaterThanOrEqual(10)
  expect(checked.length).toBeLessThanOrEqual(11)
})

test('forty right passwords sent at once all sign in', async () => {
  const answers = await Promise.all(Array.from({ length: 40 }, () => auth.signIn('ada@demo.headcount.test')))
  expect(answers.every(({ __typename }) => __typename === 'Session')).toBe(true)
})

test('checking passwords leaves the event loop free', async () => {
  let longestMs = 0
  let last = performance.now()
  const timer = setInterval(() => {
    longestMs = Math.max(longestMs, performance.now() - last)
    last = performance.now()
  }, 1)
  const startedAt = performance.now()
  await Promise.all(Array.from({ length: 8 }, () => auth.signIn('ada@demo.headcount.test')))
  clearInterval(timer)
  expect(longestMs).toBeLessThan((performance.now() - startedAt) / 2)
})

test('the stored password is an argon2id PHC string of the cost that OWASP advises', async () => {
  const [row] = await auth.service.database.query<{ hash: string }>('SELECT password_hash AS hash FROM users')
  expect(row?.hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/)
})
