import { scopesOf } from '@headcount/access'
import type { DeviceRow, SessionRow, UserRow } from '../store/rows.ts'
import { signAccessToken, type TokenSubject } from './access-token.ts'
import { writeRefreshToken } from './refresh-token.ts'
import type { Secrets } from './secrets.ts'
import type { SigningKeys } from './signing-keys.ts'

/** What tokens are made with. */
export interface Issuer {
  readonly keys: SigningKeys
  readonly secrets: Secrets
  readonly accessTokenSeconds: number
  readonly now: () => Date
}

/** The pair of tokens of a session. */
interface Tokens {
  readonly accessToken: string
  readonly refreshToken: string
  readonly expiresAt: Date
}

async function issue(subject: TokenSubject, generation: number, issuer: Issuer): Promise<Tokens> {
  const { keys, secrets, accessTokenSeconds: seconds, now } = issuer
  const { token, expiresAt } = await signAccessToken(subject, keys, { now: now(), seconds })
  const refreshToken = writeRefreshToken({ sessionId: subject.sessionId, generation }, secrets)
  return { accessToken: token, refreshToken, expiresAt }
}

/** A person's session with its tokens; everybody may read and change what is their own. */
export async function personSession(
  user: UserRow,
  session: Pick<SessionRow, 'id' | 'generation'>,
  issuer: Issuer,
) {
  const { id, organizationId } = user
  const scopes = scopesOf(['ATTENDEE', ...user.roles])
  const subject = { kind: 'user', id, organizationId, scopes, sessionId: session.id } as const
  return { __typename: 'Session', ...(await issue(subject, session.generation, issuer)), user } as const
}

/** A device's session with its tokens; they are good for its event alone. */
export async function deviceSession(
  device: DeviceRow,
  session: Pick<SessionRow, 'id' | 'generation'>,
  issuer: Issuer,
) {
  const { id, organizationId, eventId } = device
  const scopes = scopesOf(['GATE_OPERATOR'])
  const subject = { kind: 'device', id, organizationId, eventId, scopes, sessionId: session.id } as const
  const tokens = await issue(subject, session.generation, issuer)
  return { __typename: 'DeviceSession', ...tokens, device, serverTime: issuer.now() } as const
}
