import { signViewer, viewerHeader } from '@headcount/access'
import { Pool } from 'undici'
import type { Dispatch, Fetch, FetchAnswer, SubgraphOperation } from './dispatch.ts'
import { unavailable } from './unavailable.ts'

/** Bytes of a subgraph's answer; a longer one is a failed fetch. */
const answerBytes = 64 * 1_048_576

const heads = new WeakMap<SubgraphOperation, string>()

/** The body up to its variables: the same each time. */
function headOf(operation: SubgraphOperation): string {
  let head = heads.get(operation)
  if (head === undefined) {
    const name = operation.name === undefined ? '' : `,"operationName":${JSON.stringify(operation.name)}`
    head = `{"query":${JSON.stringify(operation.document)}${name},"variables":`
    heads.set(operation, head)
  }
  return head
}

/** A fetch's body. */
export function bodyOf({ operation, variables }: Fetch): string {
  return `${headOf(operation)}${variables.text()}}`
}

/** Reads a GraphQL response. @throws Error when it is none */
export function readAnswer(text: string, statusCode: number): FetchAnswer {
  const answer: unknown = JSON.parse(text)
  if (typeof answer !== 'object' || answer === null || !('data' in answer || 'errors' in answer)) {
    throw new Error(`not a GraphQL response (HTTP ${statusCode})`)
  }
  const { data, errors } = answer as FetchAnswer
  const isBare = errors === undefined && Object.keys(answer).length === 1
  return { data, errors: Array.isArray(errors) ? errors : undefined, text: isBare ? text : undefined }
}

function headersOf({ context }: Fetch, viewerSecret: string | undefined): Record<string, string> {
  const headers: Record<string, string> = {
    'content-type': 'application/json',
    accept: 'application/graphql-response+json, application/json',
    'x-request-id': context.requestId,
    traceparent: context.traceparent,
  }
  // Nobody is signed as well: it says that the gateway looked.
  if (viewerSecret) headers[viewerHeader] = signViewer(context.viewer, viewerSecret)
  return headers
}

/** Fetches across the network, over a bounded pool of connections that are kept open. */
export function httpDispatch(options: {
  readonly url: string
  readonly viewerSecret: string | undefined
  readonly connections: number
}): { readonly dispatch: Dispatch; close(): Promise<void> } {
  const { origin, pathname, search } = new URL(options.url)
  const pool = new Pool(origin, { connections: options.connections, maxResponseSize: answerBytes })
  const ask = async (fetch: Fetch, signal: AbortSignal): Promise<FetchAnswer> => {
    const response = await pool.request({
      path: `${pathname}${search}`,
      method: 'POST',
      headers: headersOf(fetch, options.viewerSecret),
      body: bodyOf(fetch),
      signal,
    })
    return readAnswer(await response.body.text(), response.statusCode)
  }
  return {
    dispatch(fetch, answered) {
      const controller = new AbortController()
      ask(fetch, controller.signal).then(
        (answer) => answered(undefined, answer),
        (cause: unknown) => answered(unavailable(cause), undefined),
      )
      return { cancel: (reason) => controller.abort(reason) }
    },
    close: () => pool.destroy(),
  }
}
