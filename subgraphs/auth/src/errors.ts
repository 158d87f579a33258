import type { EnrolmentRefused, InvalidCredentials, RateLimited } from './generated/resolvers.ts'

/** An outcome that says which member of its union it is. */
type Outcome<T extends { __typename?: string }> = T & { __typename: NonNullable<T['__typename']> }

/** E-mail, password or token do not fit; does not say which, so that nobody learns who has an account. */
export function invalidCredentials(message: string): Outcome<InvalidCredentials> {
  return { __typename: 'InvalidCredentials', message }
}

/** Too many attempts; come back after so many milliseconds. */
export function rateLimited(message: string, retryAfterMs: number): Outcome<RateLimited> {
  return { __typename: 'RateLimited', message, retryAfterMs: Math.ceil(retryAfterMs) }
}

/** The enrolment token cannot be exchanged. */
export function enrolmentRefused(message: string): Outcome<EnrolmentRefused> {
  return { __typename: 'EnrolmentRefused', message }
}
