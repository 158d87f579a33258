import { fail } from '@headcount/errors'
import type { Step } from '../exchange.ts'

/** Headers that a page of another site can't add without a preflight, which CORS would refuse. */
export const preflightedHeaders = [
  'authorization',
  'apollo-require-preflight',
  'x-apollo-operation-name',
  'x-graphql-event-stream-token',
]
const simpleTypes = ['application/x-www-form-urlencoded', 'multipart/form-data', 'text/plain']

/**
 * No page of another site may have a browser run a document of its own choosing. POST is safe by its content type; GET
 * needs a header that only a preflight lets through. By a hash alone nothing runs that was not sent properly before.
 */
export const guardCrossSite: Step = ({ request, parameters }, { csrfHeaders = [] }) => {
  if (request.method !== 'GET' || parameters.query === undefined) return
  const { headers } = request
  if (csrfHeaders.some((name) => headers[name] !== undefined)) return
  if (headers['sec-fetch-site'] === 'same-origin') return
  const type = headers['content-type']?.split(';')[0]?.trim().toLowerCase()
  if (type && !simpleTypes.includes(type)) return
  throw fail(
    'CSRF_PREVENTED',
    `A query by GET needs a header that a page of another site cannot send: "content-type: application/json" or one of ${csrfHeaders.join(', ')}.`,
  )
}
