/** What the platform says of one kind of error. */
export interface ErrorEntry {
  /** HTTP status when the whole request failed with it. */
  readonly httpStatus: number
  /** Whether the same request may succeed later without a change. */
  readonly isRetryable: boolean
  /** Level it is logged at. */
  readonly logLevel: 'debug' | 'info' | 'warn' | 'error'
  /** What it means and what to do, in plain words. */
  readonly meaning: string
}

type Severity = ErrorEntry['logLevel'] | `${ErrorEntry['logLevel']}, retryable`

function entry(httpStatus: number, severity: Severity, meaning: string): ErrorEntry {
  const isRetryable = severity.endsWith(', retryable')
  const logLevel = severity.replace(', retryable', '') as ErrorEntry['logLevel']
  return { httpStatus, isRetryable, logLevel, meaning }
}

/** Every code that an answer of the platform may carry in `extensions.code`. `docs/errors.md` is made from it. */
export const catalogue = {
  BAD_REQUEST: entry(400, 'info', 'The HTTP request is not a GraphQL request; the message says why.'),
  GRAPHQL_PARSE_FAILED: entry(400, 'info', 'The document is not GraphQL.'),
  GRAPHQL_VALIDATION_FAILED: entry(400, 'info', 'The document does not fit the schema.'),
  BAD_USER_INPUT: entry(400, 'info', 'A variable or argument has a value that its type does not take.'),
  OPERATION_RESOLUTION_FAILURE: entry(
    400,
    'info',
    'The document has no operation of that name, or several and no name was given.',
  ),
  OPERATION_TOO_LARGE: entry(400, 'info', 'The operation exceeds a limit; the message names it.'),
  PERSISTED_QUERY_NOT_FOUND: entry(
    200,
    'debug, retryable',
    'The id or hash is not known: with a hash, send the document along.',
  ),
  PERSISTED_QUERY_MISMATCH: entry(
    400,
    'info',
    'The hash is not the SHA-256 of the document, or its version is not 1.',
  ),
  PERSISTED_QUERY_NOT_SUPPORTED: entry(
    200,
    'debug',
    'Clients may not register documents by their hash here: send the document alone.',
  ),
  DOCUMENT_NOT_TRUSTED: entry(
    400,
    'info',
    'Only documents that were published before may run here: publish it, or send the id of one that is.',
  ),
  CSRF_PREVENTED: entry(
    400,
    'warn',
    'A browser could have been tricked into this request: send content-type application/json or a preflight header.',
  ),
  UNAUTHENTICATED: entry(401, 'info', 'No token, or one that is bad or has ended: sign in or refresh.'),
  FORBIDDEN: entry(403, 'info', 'The token lacks a scope; the message names it.'),
  NOT_FOUND: entry(404, 'info', 'There is nothing at this address.'),
  METHOD_NOT_ALLOWED: entry(405, 'info', 'Not by this HTTP method; a mutation goes by POST.'),
  NOT_ACCEPTABLE: entry(406, 'info', 'None of the accepted media types can be given.'),
  PAYLOAD_TOO_LARGE: entry(413, 'info', 'The request is larger than the limit that the message names.'),
  UNSUPPORTED_MEDIA_TYPE: entry(415, 'info', 'The body must be application/json.'),
  RATE_LIMITED: entry(429, 'info, retryable', 'Too many attempts; `retryAfterMs` says when to come back.'),
  INTERNAL_SERVER_ERROR: entry(500, 'error', 'A fault of ours. The log has it under the request id.'),
  SUBGRAPH_UNAVAILABLE: entry(
    502,
    'warn, retryable',
    'A part of the graph did not answer; the rest of the answer is good.',
  ),
  OVERLOADED: entry(503, 'warn, retryable', 'Too much is under way; `retryAfterMs` says when to come back.'),
  NOT_READY: entry(503, 'warn, retryable', 'Starting or stopping.'),
  DEADLINE_EXCEEDED: entry(
    504,
    'warn, retryable',
    'The request took longer than its deadline and was given up.',
  ),
} as const satisfies Record<string, ErrorEntry>

/** A code of the catalogue. */
export type ErrorCode = keyof typeof catalogue

/** Whether `text` is a code of the catalogue. */
export function isErrorCode(text: unknown): text is ErrorCode {
  return typeof text === 'string' && Object.hasOwn(catalogue, text)
}
