import { fail } from '@headcount/errors'
import { GraphQLError } from 'graphql'
import type { Parts } from '../../exchange.ts'
import { createSession, type Session } from '../../live/session.ts'
import { closeCodes } from './close-codes.ts'

/** Why a token is not accepted, as a Close frame says it. */
export interface Refusal {
  readonly code: number
  readonly reason: string
}

function refusalOf(error: unknown): Refusal {
  if (!(error instanceof GraphQLError)) return { code: closeCodes.forbidden, reason: 'Internal error' }
  const isOurs = error.extensions.code === 'NOT_READY'
  return {
    code: isOurs ? closeCodes.tryAgainLater : closeCodes.forbidden,
    reason: `${error.extensions.code}: ${error.message}`,
  }
}

/** Begins a session by a token, or goes on with one by a newer token. */
export async function authenticate(
  token: string | undefined,
  session: Session | undefined,
  parts: Parts,
): Promise<Session | Refusal> {
  try {
    if (token === undefined && parts.isTokenRequired) throw fail('UNAUTHENTICATED', 'A token is needed.')
    const viewer = token === undefined ? undefined : await parts.authentication.readToken(token)
    if (!session) return createSession(viewer, parts.now)
    if (viewer) session.extend(viewer)
    return session
  } catch (error) {
    return refusalOf(error)
  }
}
