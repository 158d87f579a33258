import { fail } from '@headcount/errors'
import type { Step } from '../exchange.ts'

/** Headers that a page of another site can't add without a preflight, which CORS would refuse. */
export const preflightedHeaders = [
  'authorization',
  'apollo-require-preflight',
  'x-apollo-operation-name',
  'x-graphql-event-stream-token',
]

/** Those that a page sends without asking, and those that browsers add (https://fetch.spec.whatwg.org/#cors-safelisted-request-header). */
const unasked =
  /^(?:accept|accept-(?:charset|encoding|language)|access-control-request-.+|connection|content-(?:language|length|type)|cookie|date|dnt|expect|host|keep-alive|origin|priority|proxy-.+|range|referer|sec-.+|te|trailer|transfer-encoding|upgrade(?:-insecure-requests)?|user-agent|via)$/

/** Whether a page of another site can't add the header without a preflight. */
export const isPreflighted = (name: string) => !unasked.test(name)

/**
 * No page of another site may have a browser run a document of its own choosing. POST is safe by its content type; GET
 * needs a header that only a preflight lets through. By an id or a hash alone nothing runs that was not sent properly before.
 */
export const guardCrossSite: Step = ({ request, parameters }, { csrfHeaders = [], cors }) => {
  if (request.method !== 'GET' || parameters.query === undefined) return
  const { headers } = request
  if (csrfHeaders.some((name) => headers[name] !== undefined)) return
  if (headers['sec-fetch-site'] === 'same-origin') return
  // No page can make up its origin, and those that are listed may ask for anything.
  if (headers.origin !== undefined && cors.origins.has(headers.origin)) return
  const type = headers['content-type']?.split(';')[0]?.trim().toLowerCase()
  // No other type counts: browsers have let some of a page's own making through without a preflight.
  if (type === 'application/json') return
  throw fail(
    'CSRF_PREVENTED',
    `A query by GET needs a header that a page of another site cannot send: "content-type: application/json" or one of ${csrfHeaders.join(', ')}.`,
  )
}
