import { errorOf, LiveError, UNAUTHENTICATED, unreachable } from '../live-error.ts'
import type { GraphError } from '../live-result.ts'

/** Statuses that say the same as a code, where the body says nothing. */
const codes: Readonly<Record<number, string>> = {
  400: 'BAD_REQUEST',
  401: UNAUTHENTICATED,
  403: 'FORBIDDEN',
  404: 'NOT_FOUND',
  405: 'METHOD_NOT_ALLOWED',
  406: 'NOT_ACCEPTABLE',
  413: 'PAYLOAD_TOO_LARGE',
  415: 'UNSUPPORTED_MEDIA_TYPE',
}

/** The error of an answer that is no stream of events: its GraphQL errors, else what its status says. */
export async function errorOfAnswer(response: Response): Promise<LiveError> {
  const { status } = response
  const errors = await errorsIn(response)
  const seconds = Number(response.headers.get('retry-after') ?? Number.NaN)
  const retryAfterMs = Number.isFinite(seconds) ? seconds * 1000 : undefined
  if (errors.length > 0) {
    const error = errorOf(errors)
    return new LiveError(error.code, error.message, {
      errors,
      retryAfterMs: error.retryAfterMs ?? retryAfterMs,
    })
  }
  const type = response.headers.get('content-type') ?? 'no content type'
  const text = `The server answered ${status} (${type}), not 200 with text/event-stream.`
  const code = codes[status]
  return code ? new LiveError(code, text) : unreachable(text, retryAfterMs)
}

async function errorsIn(response: Response): Promise<readonly GraphError[]> {
  const text = await response.text()
  if (!/\bjson\b/.test(response.headers.get('content-type') ?? '')) return []
  try {
    const answer: unknown = JSON.parse(text)
    const errors = typeof answer === 'object' && answer !== null && 'errors' in answer ? answer.errors : []
    return Array.isArray(errors) ? errors : []
  } catch {
    return [] // not what its type says: the status has to do
  }
}
