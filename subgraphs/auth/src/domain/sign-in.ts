import { newId } from '@headcount/ids'
import { invalidCredentials, rateLimited } from '../errors.ts'
import type { Store } from '../store/store.ts'
import { normalizeEmail } from './email.ts'
import { type Issuer, personSession } from './issue-tokens.ts'
import { isPassword } from './passwords.ts'
import type { Queue } from './queue.ts'
import { sessionEnd } from './session-lifetime.ts'

/** What signing in needs. */
export interface SignInParts {
  readonly store: Store
  readonly issuer: Issuer
  /** Bounds how many passwords are checked at once. */
  readonly queue: Queue
}

const LONGEST_PASSWORD = 256
/** A wrong password is forgotten after 30 s, the next one 30 s later, and so on. */
const FORGET_MS = 30_000
/** So many may stand unforgotten: ten in a row, then one each 30 s. */
const MAXIMUM_FAILURES = 10
const BUSY_RETRY_MS = 2_000

const refused = () => invalidCredentials('The e-mail address or the password is not right.')

/** How long an address must wait for its next attempt, in milliseconds; 0 = not at all. */
async function waitMs(emailHash: string, { store, issuer }: SignInParts): Promise<number> {
  const paidOffAt = await store.signInFailures.paidOffAt(emailHash)
  if (!paidOffAt) return 0
  const owedMs = paidOffAt.getTime() - issuer.now().getTime()
  return Math.max(0, owedMs - (MAXIMUM_FAILURES - 1) * FORGET_MS)
}

function limited(retryAfterMs: number) {
  const seconds = Math.ceil(retryAfterMs / 1000)
  return rateLimited(`Too many wrong passwords for this address: try again in ${seconds} s.`, retryAfterMs)
}

/**
 * Signs a person in. After ten wrong passwords an address gets one attempt each 30 s: whoever guesses is slowed down,
 * and an attempt that is refused for this costs nothing, so that the right password is never shut out for longer.
 */
export async function signIn(input: { email: string; password: string }, parts: SignInParts) {
  const { password } = input
  const email = normalizeEmail(input.email)
  if (email === undefined || password.length > LONGEST_PASSWORD) return refused()
  const emailHash = parts.issuer.secrets.mac('sign-in failures', email).toString('base64url')
  // Before the queue, so that a flood of guesses holds up nobody else.
  const retryAfterMs = await waitMs(emailHash, parts)
  if (retryAfterMs > 0) return limited(retryAfterMs)
  if (parts.queue.isFull) return rateLimited('Too many people sign in at this moment.', BUSY_RETRY_MS)
  return await parts.queue.run(async () => {
    // And in it: what was wrong meanwhile counts, so that guesses sent at once are not more than guesses in turn.
    const stillMs = await waitMs(emailHash, parts)
    return stillMs > 0 ? limited(stillMs) : await check({ email, emailHash, password }, parts)
  })
}

async function check(
  { email, emailHash, password }: { email: string; emailHash: string; password: string },
  { store, issuer }: SignInParts,
) {
  const account = await store.accounts.userByEmail(email)
  const isRight = await isPassword(password, account?.passwordHash)
  const now = issuer.now()
  if (!account || !isRight) {
    await store.signInFailures.add(emailHash, now, FORGET_MS)
    return refused()
  }
  await store.signInFailures.clear(emailHash)
  const { passwordHash: _, ...user } = account
  const session = {
    id: newId('session', now.getTime()),
    organizationId: user.organizationId,
    userId: user.id,
    deviceId: null,
    generation: 1,
    recentRotations: [],
    expiresAt: sessionEnd('person', now),
    endedAt: null,
  }
  await store.sessions.add(session, now)
  return await personSession(user, session, issuer)
}
