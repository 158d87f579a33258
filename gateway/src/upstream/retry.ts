import type { Dispatch } from './dispatch.ts'

const brokenSocket = new Set(['UND_ERR_SOCKET', 'ECONNRESET', 'EPIPE'])

function isBrokenSocket(error: unknown): boolean {
  const cause = error instanceof Error ? error.cause : undefined
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined
  return typeof code === 'string' && brokenSocket.has(code)
}

/**
 * Sends a query once more when the connection broke under it: a server may close a kept connection in the very moment
 * that it is used again. Never a mutation, since nobody knows whether it was done.
 */
export function withRetry(next: Dispatch): Dispatch {
  return async (request) => {
    try {
      return await next(request)
    } catch (error) {
      if (!isBrokenSocket(error) || request.signal.aborted || /^\s*mutation\b/.test(request.query))
        throw error
      return next(request)
    }
  }
}
