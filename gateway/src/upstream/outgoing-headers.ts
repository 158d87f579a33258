import { signViewer, type Viewer, viewerHeader } from '@headcount/access'
import type { HeaderRule } from '../upstream-options.ts'
import type { FetchContext } from './dispatch.ts'
import { fetchHeaders } from './headers/fetch-headers.ts'
import { isSendable, isTrace } from './headers/names.ts'
import { type HeaderLines, headerLines } from './http1/header-lines.ts'

/** What the headers of a subgraph's fetches are made of. */
export interface OutgoingOptions {
  readonly rules: readonly HeaderRule[]
  /** Header of a request's id, in lower case. */
  readonly requestIdHeader: string
  readonly viewerSecret: string | undefined
}

/** Headers of one fetch. */
export interface Outgoing {
  readonly lines: HeaderLines
  /** Equal where all headers are equal but those that name a request or a trace. */
  readonly key: string
}

/** Writes the headers that differ from fetch to fetch. */
export interface OutgoingHeaders {
  of(context: FetchContext): Outgoing
  /** For a hook that changes them: all but the viewer's. */
  record(context: FetchContext): Record<string, string>
  /** Those that a hook has left. @throws Error when one of them is not its to send */
  ofRecord(context: FetchContext, record: Readonly<Record<string, string>>): Outgoing
}

/** A viewer's header line, and a short text that no other viewer has. */
interface SignedViewer {
  readonly line: string
  readonly key: string
}

/** Signs each viewer once: it is one object for as long as its token is remembered. */
function signedViewers(secret: string | undefined): (viewer: Viewer | undefined) => SignedViewer {
  const unsigned = { line: '', key: '' }
  if (!secret) return () => unsigned
  const lineOf = (viewer: Viewer | undefined) => headerLines([viewerHeader, signViewer(viewer, secret)])
  // Nobody is signed as well: it says that the gateway looked.
  const nobody = { line: lineOf(undefined), key: '' }
  const signed = new WeakMap<Viewer, SignedViewer>()
  let count = 0
  return (viewer) => {
    if (!viewer) return nobody
    let one = signed.get(viewer)
    if (!one) {
      count += 1
      one = { line: lineOf(viewer), key: `${count} ` }
      signed.set(viewer, one)
    }
    return one
  }
}

export function outgoingHeaders({ rules, requestIdHeader, viewerSecret }: OutgoingOptions): OutgoingHeaders {
  const written = [requestIdHeader, 'traceparent']
  const ruled = fetchHeaders(rules, written)
  const hasRules = rules.length > 0
  const signed = signedViewers(viewerSecret)
  // All fetches of a request have the same: written once.
  const ids = (context: FetchContext) => {
    context.idLines ??= headerLines([requestIdHeader, context.requestId, 'traceparent', context.traceparent])
    return context.idLines
  }
  return {
    of(context) {
      const { line, key } = signed(context.viewer)
      if (!hasRules) return { lines: `${ids(context)}${line}` as HeaderLines, key }
      // The rules check what they write.
      const lines = `${ids(context)}${line}${ruled.lines(context)}` as HeaderLines
      return { lines, key: `${key}${ruled.key(context)}` }
    },
    record(context) {
      const { requestId, traceparent } = context
      return { ...ruled.record(context), [requestIdHeader]: requestId, traceparent }
    },
    ofRecord(context, record) {
      const { line, key } = signed(context.viewer)
      const pairs = Object.entries(record).map(([name, value]) => [name.toLowerCase(), value] as const)
      const foreign = pairs.find(([name]) => !isSendable(name))
      if (foreign) throw new Error(`The header ${foreign[0]} belongs to the gateway; no hook sends it.`)
      const lasting = pairs.filter(([name]) => !written.includes(name) && !isTrace(name))
      return {
        lines: `${headerLines(pairs.flat())}${line}` as HeaderLines,
        key: `${key}${headerLines(lasting.flat())}`,
      }
    },
  }
}
