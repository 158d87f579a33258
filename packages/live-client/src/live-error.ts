import type { GraphError } from './live-result.ts'

/** The code where no answer came, or none that could be read. */
export const UNREACHABLE = 'UNREACHABLE'
/** The code of a token that is missing, bad or at its end. */
export const UNAUTHENTICATED = 'UNAUTHENTICATED'

/** Codes to which asking again brings the same answer. A new token may change UNAUTHENTICATED. */
export const finalCodes: ReadonlySet<string> = new Set([
  'BAD_REQUEST',
  'BAD_USER_INPUT',
  'CSRF_PREVENTED',
  'DOCUMENT_NOT_TRUSTED',
  'FORBIDDEN',
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'METHOD_NOT_ALLOWED',
  'NOT_ACCEPTABLE',
  'NOT_FOUND',
  'OPERATION_RESOLUTION_FAILURE',
  'OPERATION_TOO_LARGE',
  'PAYLOAD_TOO_LARGE',
  'PERSISTED_QUERY_MISMATCH',
  'PERSISTED_QUERY_NOT_SUPPORTED',
  'UNSUPPORTED_MEDIA_TYPE',
])

interface ErrorDetails {
  readonly errors?: readonly GraphError[]
  /** How long the server asks to stay away, in milliseconds. */
  readonly retryAfterMs?: number | undefined
}

/** Why a subscription was lost or ended. */
export class LiveError extends Error {
  override readonly name = 'LiveError'
  /** `extensions.code` of the first GraphQL error, or `UNREACHABLE`. */
  readonly code: string
  /** The operation's GraphQL errors; empty where the connection failed. */
  readonly errors: readonly GraphError[]
  readonly retryAfterMs: number | undefined

  constructor(code: string, message: string, { errors = [], retryAfterMs }: ErrorDetails = {}) {
    super(message)
    this.code = code
    this.errors = errors
    this.retryAfterMs = retryAfterMs
  }

  /** Whether asking again is of no use. */
  get isFinal(): boolean {
    return finalCodes.has(this.code)
  }
}

/** The error that an operation's GraphQL errors amount to: the first one counts. */
export function errorOf(errors: readonly GraphError[]): LiveError {
  const [first] = errors
  const { code, retryAfterMs } = first?.extensions ?? {}
  return new LiveError(
    typeof code === 'string' ? code : 'INTERNAL_SERVER_ERROR',
    first?.message ?? 'The operation failed without saying why.',
    { errors, retryAfterMs: typeof retryAfterMs === 'number' ? retryAfterMs : undefined },
  )
}

/** The error of a connection that failed. */
export function unreachable(message: string, retryAfterMs?: number): LiveError {
  return new LiveError(UNREACHABLE, message, { retryAfterMs })
}
