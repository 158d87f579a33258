import type { GraphClient, TokenSource } from './graph-client.ts'

/** A pair of tokens, as the graph gives it. */
export interface Tokens {
  readonly accessToken: string
  readonly refreshToken: string
  readonly expiresAt: string
}

/** Keeps a pair of tokens fresh. */
export interface Session extends TokenSource {
  /** The refresh token to keep for the next start. */
  readonly refreshToken: string
}

/** The refresh token was refused: the session has ended. */
export class SessionEnded extends Error {
  override readonly name = 'SessionEnded'
}

type RefreshAnswer = { refreshSession: { __typename: string } & Tokens & { message?: string } }

/** A session that refreshes itself when a fifth of its time is left; several askers share one refresh. */
export function createSession(client: GraphClient, first: Tokens): Session {
  let tokens = first
  let refreshAtMs = whenToRefresh(first)
  let running: Promise<void> | undefined

  async function renew(signal: AbortSignal): Promise<void> {
    const variables = { input: { refreshToken: tokens.refreshToken } }
    const { refreshSession } = await client.ask<RefreshAnswer>({ name: 'RefreshSession', variables }, signal)
    if (refreshSession.__typename === 'InvalidCredentials') throw new SessionEnded(refreshSession.message)
    tokens = refreshSession
    refreshAtMs = whenToRefresh(tokens)
  }

  return {
    get refreshToken() {
      return tokens.refreshToken
    },
    async accessToken(signal) {
      if (Date.now() >= refreshAtMs) {
        running ??= renew(signal).finally(() => {
          running = undefined
        })
        await running
      }
      return tokens.accessToken
    },
    refuse(accessToken) {
      if (accessToken === tokens.accessToken) refreshAtMs = 0
    },
  }
}

function whenToRefresh({ expiresAt }: Tokens): number {
  const now = Date.now()
  return now + (Date.parse(expiresAt) - now) * 0.8
}

/** Signs a person in. @throws Error when the password does not fit */
export async function signIn(
  client: GraphClient,
  person: { readonly email: string; readonly password: string },
  signal: AbortSignal,
): Promise<Session> {
  type Answer = { signIn: { __typename: string; message?: string } & Tokens }
  const variables = { input: { email: person.email, password: person.password } }
  const { signIn: answer } = await client.ask<Answer>({ name: 'SignIn', variables }, signal)
  if (answer.__typename !== 'Session') throw new Error(`${person.email} cannot sign in: ${answer.message}`)
  return createSession(client, answer)
}
