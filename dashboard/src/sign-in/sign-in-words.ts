import type { SignInOutcome } from '../session/session-keeper.ts'

/** What to tell a person whose sign-in did not work: what happened, and what to do. */
export function signInWords(outcome: Exclude<SignInOutcome, { kind: 'signedIn' }>): string {
  switch (outcome.kind) {
    case 'invalid':
      return 'E-mail or password is not right. Check both and try again.'
    case 'limited':
      return `Too many attempts. Try again in ${Math.max(1, Math.ceil(outcome.retryAfterMs / 1000))} s.`
    case 'unreachable':
      return 'The platform cannot be reached. Check the network and try again.'
    case 'failed':
      return `Signing in did not work: ${outcome.message}`
  }
}
