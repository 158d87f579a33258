import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startAuth } from './start-auth.ts'

let auth: Awaited<ReturnType<typeof startAuth>>
let clock = new Date('2026-06-01T12:00:00Z')
const later = (ms: number) => {
  clock = new Date(clock.getTime() + ms)
}
const day = 86_400_000
const email = 'ada@demo.headcount.test'

beforeAll(async () => {
  auth = await startAuth({ now: () => clock })
  await auth.addUser(email, 'ORGANISER')
})
afterAll(() => auth.stop())

test('each refresh gives a new pair, and the new one goes on', async () => {
  const first = await auth.signIn(email)
  later(5_000)
  const second = await auth.refresh(first.refreshToken)
  expect(second.__typename).toBe('Session')
  expect(second.refreshToken).not.toBe(first.refreshToken)
  expect(new Date(second.expiresAt).getTime()).toBe(new Date(first.expiresAt).getTime() + 5_000)
  expect(await auth.claims(second.accessToken)).toMatchObject({ sub: first.user.id })
  expect((await auth.refresh(second.refreshToken)).__typename).toBe('Session')
})

test('an answer that was thrown away signs nobody out: for 60 s the old token gives the same successor', async () => {
  const { refreshToken } = await auth.signIn(email)
  const lost = await auth.refresh(refreshToken)
  later(59_000)
  const again = await auth.refresh(refreshToken)
  expect(again.refreshToken).toBe(lost.refreshToken)
  expect((await auth.refresh(again.refreshToken)).__typename).toBe('Session')
})

test('a token exchanged less than 60 s ago gives its own successor though the family went on since', async () => {
  const { refreshToken } = await auth.signIn(email)
  const second = await auth.refresh(refreshToken)
  later(5_000)
  const third = await auth.refresh(second.refreshToken)
  later(5_000)
  const fourth = await auth.refresh(third.refreshToken)
  expect((await auth.refresh(refreshToken)).refreshToken).toBe(second.refreshToken)
  expect((await auth.refresh(second.refreshToken)).refreshToken).toBe(third.refreshToken)
  expect((await auth.refresh(fourth.refreshToken)).__typename).toBe('Session')
})

test('fifty refreshes of one token at once give one successor', async () => {
  const { refreshToken } = await auth.signIn(email)
  const answers = await Promise.all(Array.from({ length: 50 }, () => auth.refresh(refreshToken)))
  const successors = new Set(answers.map((answer) => answer.refreshToken))
  expect([...successors]).toEqual([expect.stringMatching(/^ses_/)])
  expect((await auth.refresh([...successors][0] ?? '')).__typename).toBe('Session')
})

test('an old token after 60 s ends the family, the newest token with it, and no other family', async () => {
  const other = await auth.signIn(email)
  const { refreshToken } = await auth.signIn(email)
  const second = await auth.refresh(refreshToken)
  later(60_001)
  expect((await auth.refresh(refreshToken)).__typename).toBe('InvalidCredentials')
  expect((await auth.refresh(second.refreshToken)).__typename).toBe('InvalidCredentials')
  expect((await auth.refresh(other.refreshToken)).__typename).toBe('Session')
})

test('a person signs in again after 30 days, however often the session was refreshed', async () => {
  let { refreshToken } = await auth.signIn(email)
  for (let count = 0; count < 29; count++) {
    later(day)
    const next = await auth.refresh(refreshToken)
    expect(next.__typename).toBe('Session')
    refreshToken = next.refreshToken
  }
  later(day)
  expect((await auth.refresh(refreshToken)).__typename).toBe('InvalidCredentials')
})

test('signing out ends the session of the token that asks, alone, and twice is once', async () => {
  const [mine, other] = [await auth.signIn(email), await auth.signIn(email)]
  const { sid } = await auth.claims(mine.accessToken)
  const viewer = { kind: 'user', id: mine.user.id, organizationId: auth.organization.id, scopes: [] } as const
  for (let count = 0; count < 2; count++) {
    const answer = await auth.run({ ...viewer, sessionId: String(sid) }, 'mutation { signOut }')
    expect(answer).toEqual({ data: { signOut: true } })
  }
  expect((await auth.refresh(mine.refreshToken)).__typename).toBe('InvalidCredentials')
  expect((await auth.refresh(other.refreshToken)).__typename).toBe('Session')
})

test('a refresh at the moment of signing out does not bring the session back', async () => {
  const { refreshToken, accessToken } = await auth.signIn(email)
  const { sid } = await auth.claims(accessToken)
  let refreshing: ReturnType<typeof auth.refresh> | undefined
  await auth.service.database.transaction(async (tx) => {
    await tx.query('UPDATE sessions SET ended_at = $2 WHERE id = $1', [sid, clock])
    refreshing = auth.refresh(refreshToken)
    // It has come as far as it gets before the session's end is committed.
    await sleep(300)
  })
  expect((await refreshing)?.__typename).toBe('InvalidCredentials')
  expect((await auth.refresh(refreshToken)).__typename).toBe('InvalidCredentials')
})

test('a session id of another tenant signs nobody out', async () => {
  const mine = await auth.signIn(email)
  const { sid } = await auth.claims(mine.accessToken)
  const stranger = {
    kind: 'user',
    id: 'usr_x',
    organizationId: 'org_b',
    scopes: [],
    sessionId: String(sid),
  } as const
  await auth.run(stranger, 'mutation { signOut }')
  expect((await auth.refresh(mine.refreshToken)).__typename).toBe('Session')
})

test('roles that changed hold from the next refresh on', async () => {
  await auth.addUser('grace@demo.headcount.test', 'ANALYST')
  const { refreshToken } = await auth.signIn('grace@demo.headcount.test')
  const sql = `UPDATE users SET roles = '{GATE_OPERATOR}' WHERE email = 'grace@demo.headcount.test'`
  await auth.service.database.query(sql)
  const { scope } = await auth.claims((await auth.refresh(refreshToken)).accessToken)
  expect(String(scope).split(' ').sort()).toEqual(
    ['gate:read', 'manifest:read', 'scan:write', 'self:read', 'self:write'].sort(),
  )
})

test('a token that is not ours, was changed, or skips ahead is refused and ends nothing', async () => {
  const { refreshToken } = await auth.signIn(email)
  const [id = '', , mac = ''] = refreshToken.split('.')
  const bad = [
    '',
    'nonsense',
    `${id}.2.${mac}`,
    `${id}.1.${mac.slice(0, -4)}AAAA`,
    `${id}.1`,
    `${refreshToken}.1`,
    `${id}.1e0.${mac}`,
    `ses_${'0'.repeat(32)}.1.${mac}`,
    `\u0000${refreshToken}`,
    'x'.repeat(100_000),
  ]
  for (const token of bad) expect((await auth.refresh(token)).__typename).toBe('InvalidCredentials')
  expect((await auth.refresh(refreshToken)).__typename).toBe('Session')
})

test('no refresh token stands in the database', async () => {
  const { refreshToken } = await auth.signIn(email)
  const rows = await auth.service.database.query('SELECT * FROM sessions')
  expect(JSON.stringify(rows)).not.toContain(refreshToken.split('.')[2])
})
