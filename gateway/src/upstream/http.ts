import { signViewer, viewerHeader } from '@headcount/access'
import { Pool } from 'undici'
import type { SubgraphAnswer, SubgraphRequest } from '../options.ts'
import type { Dispatch } from './dispatch.ts'
import { unavailable } from './unavailable.ts'

/** Bytes of a subgraph's answer; a longer one is a failed fetch. */
const answerBytes = 64 * 1_048_576

function headersOf(request: SubgraphRequest, viewerSecret: string | undefined): Record<string, string> {
  const headers: Record<string, string> = {
    'content-type': 'application/json',
    accept: 'application/graphql-response+json, application/json',
    'x-request-id': request.requestId,
    traceparent: request.traceparent,
  }
  // Nobody is signed as well: it says that the gateway looked.
  if (viewerSecret) headers[viewerHeader] = signViewer(request.viewer, viewerSecret)
  return headers
}

function readAnswer(text: string, statusCode: number): SubgraphAnswer {
  const answer: unknown = JSON.parse(text)
  if (typeof answer !== 'object' || answer === null || !('data' in answer || 'errors' in answer)) {
    throw new Error(`not a GraphQL response (HTTP ${statusCode})`)
  }
  return answer as SubgraphAnswer
}

/** Fetches across the network, over a bounded pool of connections that are kept open. */
export function httpDispatch(options: {
  readonly url: string
  readonly viewerSecret: string | undefined
  readonly connections: number
}): { readonly dispatch: Dispatch; close(): Promise<void> } {
  const { origin, pathname, search } = new URL(options.url)
  const pool = new Pool(origin, { connections: options.connections, maxResponseSize: answerBytes })
  return {
    async dispatch(request) {
      const { query, variables, operationName } = request
      const body = JSON.stringify({ query, variables, operationName })
      try {
        const response = await pool.request({
          path: `${pathname}${search}`,
          method: 'POST',
          headers: headersOf(request, options.viewerSecret),
          body,
          signal: request.signal,
        })
        return readAnswer(await response.body.text(), response.statusCode)
      } catch (cause) {
        throw unavailable(cause)
      }
    },
    close: () => pool.destroy(),
  }
}
