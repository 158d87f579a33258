import type { DocumentsAnswer } from '@headcount/registry-api'
import type { Logger } from 'pino'
import type { RegistrySource } from '../options.ts'
import type { RegistryText } from './ask-registry.ts'
import type { DocumentsFeed } from './feed.ts'
import { documentsAddress, shownAddress } from './registry-address.ts'
import { registryFeed } from './registry-feed.ts'

/** Whether a value of JSON is an object, as far as its keys go. */
function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null
}

function isDocument(value: unknown): boolean {
  if (!isObject(value)) return false
  const { id, text, name } = value
  return typeof id === 'string' && typeof text === 'string' && (name === null || typeof name === 'string')
}

function isDocuments(value: unknown): value is DocumentsAnswer {
  if (!isObject(value) || !Array.isArray(value.clients)) return false
  return value.clients.every(
    (each: unknown) =>
      isObject(each) &&
      typeof each.client === 'string' &&
      Array.isArray(each.documents) &&
      each.documents.every(isDocument),
  )
}

function read({ text }: RegistryText): DocumentsAnswer {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    throw new Error('it answered what is no JSON')
  }
  if (!isDocuments(value)) throw new Error('it answered JSON that is no list of clients with their documents')
  return value
}

/** The trusted documents that a registry publishes. Each that is given is kept on disk for the next start. */
export function registryDocuments(source: RegistrySource, log: Logger): DocumentsFeed {
  const address = documentsAddress(source.url)
  const feed = registryFeed<DocumentsAnswer>({
    source,
    address,
    base: shownAddress(new URL('.', address)),
    fileName: 'documents.json',
    what: 'trusted documents',
    accept: 'application/json',
    types: ['application/json', 'application/octet-stream'],
    // The registry lets 64 MiB of texts be published; JSON makes them longer.
    limitBytes: 160 * 1024 * 1024,
    read,
    messages: {
      away: 'there are no new trusted documents; the last good ones serve',
      back: 'the source of the trusted documents answers again',
      fromCopy:
        'there are no trusted documents from the registry; the last good ones serve, from the copy on disk',
    },
    log,
  })
  return {
    async first() {
      const documents = await feed.first()
      feed.keep(documents)
      return documents
    },
    watch: (listener) =>
      feed.watch((next) => {
        feed.keep(next)
        listener(next)
      }),
    close: feed.close,
  }
}
