import { signViewer, viewerHeader } from '@headcount/access'
import type { GatewayExtension } from '../../extension.ts'
import { callHook } from '../../extension-refused.ts'
import type { Fetch } from '../dispatch.ts'
import type { FetchHeaders } from '../headers/fetch-headers.ts'
import { isSendable } from '../headers/names.ts'

/** What the headers of a subscription are made with. */
export interface StreamHeaders {
  /** Compiled rules. */
  readonly rules: FetchHeaders
  /** Header of a request's id, in lower case. */
  readonly requestIdHeader: string
  /** Undefined = viewers are not told. */
  readonly viewerSecret: string | undefined
  /** The operator's hook, after the rules. */
  readonly onFetch: GatewayExtension['onFetch']
}

/** The headers of one subscription. */
export interface SubscriptionHeaders {
  /** Who subscribes, and what the rules and the hook hand on. */
  readonly caller: Readonly<Record<string, string>>
  /** Which request this is. */
  readonly request: Readonly<Record<string, string>>
  /** Equal for those who may share a connection. */
  readonly key: string
}

/** Makes them. @throws ExtensionRefused when the hook refuses; Error when it sets what is not its to send */
export async function headersOf(fetch: Fetch, options: StreamHeaders): Promise<SubscriptionHeaders> {
  const { operation, context } = fetch
  const { rules, requestIdHeader, viewerSecret, onFetch } = options
  const headers: Record<string, string> = {
    ...rules.record(context),
    [requestIdHeader]: context.requestId,
    traceparent: context.traceparent,
  }
  const { extension } = context
  if (onFetch) {
    if (!extension) throw new Error('A subscription came without the extension’s context.')
    const seen = { subgraph: operation.subgraph, headers, operationName: operation.name }
    await callHook(() => onFetch(seen, extension))
    const foreign = Object.keys(headers).find((name) => !isSendable(name.toLowerCase()))
    if (foreign) throw new Error(`The header ${foreign} belongs to the gateway; no hook sends it.`)
  }
  const { [requestIdHeader]: id = '', traceparent = '', ...caller } = headers
  const who = viewerSecret ? JSON.stringify(context.viewer ?? null) : ''
  const key = `${who}\n${JSON.stringify(caller)}`
  // Nobody is signed as well: it says that the gateway looked.
  if (viewerSecret) caller[viewerHeader] = signViewer(context.viewer, viewerSecret)
  return { caller, request: { [requestIdHeader]: id, traceparent }, key }
}
