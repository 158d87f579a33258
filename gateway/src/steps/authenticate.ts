import { fail } from '@headcount/errors'
import type { Step } from '../exchange.ts'

/** Who asks. No token is nobody, which is allowed; a bad one is an error for the whole request. */
export const authenticate: Step = async (exchange, { readToken }) => {
  const header = exchange.request.headers.authorization
  if (header === undefined) return
  const token = /^Bearer +([^\s]+)$/i.exec(header)?.[1]
  if (token === undefined) {
    exchange.headers['www-authenticate'] = 'Bearer'
    throw fail('UNAUTHENTICATED', 'The header must be "Authorization: Bearer" and an access token.')
  }
  try {
    exchange.viewer = await readToken(token)
  } catch (error) {
    exchange.headers['www-authenticate'] = 'Bearer error="invalid_token"'
    throw error
  }
}
