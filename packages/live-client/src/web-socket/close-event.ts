import { LiveError, UNAUTHENTICATED, unreachable } from '../live-error.ts'

/** "Not with this token": graphql-ws's 4401 and 4403, and 3000 of the registry of close codes. */
const unauthorizedCodes: ReadonlySet<number> = new Set([3000, 4401, 4403])

/**
 * What this client sent cannot be taken, and would be sent again: no message of the protocol (4400), too large (1009), a
 * protocol that is not spoken (4406), an id twice (4409), `connection_init` twice (4429).
 */
const refusedCodes: ReadonlySet<number> = new Set([1009, 4400, 4406, 4409, 4429])

/** As much of a close event as is read. */
export interface Closed {
  readonly code: number
  readonly reason: string
}

/** `Going away; retryAfterMs=2500` */
function retryAfterMs(reason: string): number | undefined {
  const [, digits] = /\bretryAfterMs=(\d+)/.exec(reason) ?? []
  return digits === undefined ? undefined : Number(digits)
}

/** The error that a closed connection means for each subscription on it. */
function errorOfClose({ code, reason }: Closed): LiveError {
  const text = `The connection was closed: ${code}${reason ? ` ${reason}` : ''}.`
  if (unauthorizedCodes.has(code)) return new LiveError(UNAUTHENTICATED, text)
  if (refusedCodes.has(code)) return new LiveError('BAD_REQUEST', text)
  return unreachable(text, retryAfterMs(reason))
}

/** What `graphql-ws` reports may be a close event, the event of a failed socket, or an error of its own. */
export function errorOfFailure(failure: unknown): LiveError {
  if (typeof failure === 'object' && failure !== null && 'code' in failure && 'reason' in failure) {
    return errorOfClose({ code: Number(failure.code), reason: String(failure.reason) })
  }
  const message = failure instanceof Error ? failure.message : ''
  return unreachable(message || 'The connection failed.')
}
