import { createHash } from 'node:crypto'
import type { DocumentsAnswer } from '@headcount/registry-api'
import type { DocumentsFeed, GatewayOptions, TrustedDocumentsOptions } from '../../src/index.ts'
import { venueGraph } from '../graph.ts'
import { atEnd } from '../http1-calls.ts'
import { compose, type Served, serve } from '../support.ts'

export const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')

export const persistedQuery = (sha256Hash: string) => ({ persistedQuery: { version: 1, sha256Hash } })

/** Documents of one client, by their ids; `sha256` = by their hash. */
export function documentsOf(documents: Readonly<Record<string, string>>, client = '') {
  const all = Object.entries(documents).map(([id, text]) => ({ id, text, name: null }))
  return { client, documents: all }
}

/** Texts under their hashes. */
export function hashed(...texts: readonly string[]): DocumentsAnswer['clients'][number] {
  return documentsOf(Object.fromEntries(texts.map((text) => [sha256(text), text])))
}

/** A feed that a test moves, as a registry would. */
export function feedOf(...clients: DocumentsAnswer['clients']) {
  const listeners = new Set<(documents: DocumentsAnswer) => void>()
  const state = { clients, isClosed: false, listeners }
  const feed: DocumentsFeed = {
    first: async () => ({ clients: state.clients }),
    watch(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    close() {
      state.isClosed = true
    },
  }
  return {
    feed,
    state,
    publish(...next: DocumentsAnswer['clients']) {
      state.clients = next
      for (const listener of listeners) listener({ clients: next })
    },
  }
}

/** Composed once: it takes longer than all else that a test does. */
let sdl: string | undefined

/** A gateway over two subgraphs that trusts what a feed gives. */
export async function trustedWorld(
  clients: DocumentsAnswer['clients'],
  trusted: Partial<TrustedDocumentsOptions> = {},
  options: Partial<GatewayOptions> = {},
) {
  const graph = venueGraph()
  sdl ??= compose(graph.all)
  const source = feedOf(...clients)
  const served: Served = await serve(graph.all, 'in-process', {
    supergraph: { sdl },
    batching: { isEnabled: true },
    trustedDocuments: { source: { feed: source.feed }, mode: 'locked', ...trusted },
    ...options,
  })
  atEnd(() => served.close())
  const asked = () => graph.all.flatMap((part) => part.asked)
  const metric = async (name: string) => {
    const line = (await served.gateway.metrics()).split('\n').find((one) => one.startsWith(`${name} `))
    return line === undefined ? undefined : Number(line.split(' ')[1])
  }
  /** How many requests were found, refused or let through, by what the metric calls it. */
  const counted = (result: string) =>
    metric(`headcount_gateway_trusted_document_requests_total{result="${result}"}`)
  return { served, url: served.url, asked, sdl, metric, counted, ...source }
}
