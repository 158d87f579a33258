import { invalidCredentials } from '../errors.ts'
import type { SessionRow } from '../store/rows.ts'
import type { Store } from '../store/store.ts'
import { exchangeRefreshToken } from './exchange-refresh-token.ts'
import { deviceSession, type Issuer, personSession } from './issue-tokens.ts'
import { readRefreshToken } from './refresh-token.ts'

const refused = () =>
  invalidCredentials(
    'The refresh token is not one of ours, was used before, or its session has ended: sign in again.',
  )

/** Exchanges a refresh token for the next pair of its family. */
export async function refreshSession(
  refreshToken: string,
  { store, issuer }: { store: Store; issuer: Issuer },
) {
  const token = readRefreshToken(refreshToken, issuer.secrets)
  if (!token) return refused()
  const now = issuer.now()
  const outcome = await store.sessions.change(token.sessionId, (session) => {
    const exchange = exchangeRefreshToken(session, token.generation, now)
    return { session: exchange.session, answer: { answer: exchange.answer, session: exchange.session } }
  })
  if (!outcome || outcome.answer === 'refused') return refused()
  return await renewed(outcome.session, outcome.answer.successor, { store, issuer })
}

async function renewed(
  session: SessionRow,
  generation: number,
  { store, issuer }: { store: Store; issuer: Issuer },
) {
  const tokens = { id: session.id, generation }
  if (session.deviceId) {
    const device = await store.devices.deviceOfSession(session.deviceId)
    return device?.status === 'ACTIVE' ? await deviceSession(device, tokens, issuer) : refused()
  }
  // Read anew at each refresh: a role that was given or taken holds within the life of an access token.
  const user = session.userId ? await store.accounts.userOfSession(session.userId) : undefined
  return user ? await personSession(user, tokens, issuer) : refused()
}
