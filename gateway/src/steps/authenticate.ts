import type { Viewer } from '@headcount/access'
import { codeOf, fail } from '@headcount/errors'
import type { Exchange, Step } from '../exchange.ts'

/** A token that could not be verified is not a bad one: who is told that it is throws it away. */
function refused(exchange: Exchange, error: unknown): never {
  if (codeOf(error) === 'UNAUTHENTICATED') {
    exchange.headers['www-authenticate'] = 'Bearer error="invalid_token"'
  }
  throw error
}

/** Who asks. No token is nobody, which is allowed unless the operator says otherwise; a bad one is an error for the whole request. */
export const authenticate: Step = (exchange, { authentication, isTokenRequired }) => {
  const token = findToken(exchange, authentication.findToken)
  if (token === undefined) {
    if (!isTokenRequired) return
    exchange.headers['www-authenticate'] = 'Bearer'
    throw fail('UNAUTHENTICATED', 'A token is needed: sign in, and send it as "Authorization: Bearer …".')
  }
  exchange.token = token
  let viewer: Viewer | Promise<Viewer>
  try {
    viewer = authentication.readToken(token)
  } catch (error) {
    return refused(exchange, error)
  }
  if (!(viewer instanceof Promise)) {
    exchange.viewer = viewer
    return
  }
  return viewer.then(
    (found) => {
      exchange.viewer = found
    },
    (error) => refused(exchange, error),
  )
}

function findToken(exchange: Exchange, find: (headers: Exchange['clientHeaders']) => string | undefined) {
  try {
    return find(exchange.clientHeaders)
  } catch (error) {
    exchange.headers['www-authenticate'] = 'Bearer'
    throw error
  }
}
