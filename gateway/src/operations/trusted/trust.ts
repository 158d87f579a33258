import { fail } from '@headcount/errors'
import type { Logger } from 'pino'
import type { ClientNames } from '../../client-names.ts'
import type { OperationRun } from '../../exchange.ts'
import type { DocumentsFeed } from '../../feeds/feed.ts'
import { registryDocuments } from '../../feeds/registry-documents.ts'
import type { Tally } from '../../observability/tally.ts'
import type { TrustedDocumentsOptions } from '../../options.ts'
import { type DocumentName, unknownDocument } from './document-name.ts'
import { type FollowedDocuments, followDocuments } from './follow-documents.ts'
import { lateDocuments } from './late-documents.ts'
import { manifestFiles } from './manifest-files.ts'
import type { Trusted } from './trusted-documents.ts'
import { UntrustedLog } from './untrusted-log.ts'

/** What every operation's document is held against, whichever way the operation came. */
export class Trust {
  readonly mode: TrustedDocumentsOptions['mode']
  readonly documents: FollowedDocuments
  private readonly acceptsText: boolean
  private readonly counts: Tally
  private readonly clients: ClientNames
  private readonly untrusted: UntrustedLog

  constructor(
    options: TrustedDocumentsOptions,
    parts: TrustParts & { readonly documents: FollowedDocuments },
  ) {
    this.mode = options.mode
    this.acceptsText = options.acceptsText ?? true
    this.documents = parts.documents
    this.counts = parts.counts
    this.clients = parts.clients
    this.untrusted = new UntrustedLog(parts.log, parts.clients)
  }

  /**
   * The trusted document that an operation asks for; undefined = it asks for another one, which it may. Hot path: a document
   * that is named is found with one look, and its text is hashed by nobody.
   *
   * @throws GraphQLError DOCUMENT_NOT_TRUSTED, or PERSISTED_QUERY_NOT_FOUND for an id alone, where only trusted ones may run
   */
  find(run: OperationRun, name: DocumentName | undefined): Trusted | undefined {
    const { query } = run.parameters
    const found = query === undefined ? this.named(run, name) : this.sent(run, query, name)
    if (found) return found
    if (this.mode !== 'locked') return undefined
    this.counts.add('refused')
    // An id alone is of a document that may come yet; who is told so of a hash would send the document in vain.
    if (name && query === undefined && !name.isApollo) throw unknownDocument(name)
    throw fail(
      'DOCUMENT_NOT_TRUSTED',
      'This gateway runs trusted documents only, and this is none of them: publish it first.',
    )
  }

  /** Takes note of a document that runs untrusted. */
  noticeUntrusted(run: OperationRun): void {
    if (this.mode !== 'audit') return
    this.counts.add('untrusted')
    this.untrusted.add(run)
  }

  private named(run: OperationRun, name: DocumentName | undefined): Trusted | undefined {
    const found = name && this.documents.current().named(name, this.clients.ofRun(run).name)
    if (found) this.counts.add(name.kind)
    return found
  }

  /** Where anything may run, only a text that comes with its hash is compared: it need not be registered. */
  private sent(run: OperationRun, query: string, name: DocumentName | undefined): Trusted | undefined {
    if (this.mode === 'open' && name === undefined) return undefined
    if (this.mode === 'locked' && !this.acceptsText) return this.refuseText()
    const found = this.documents.current().withText(query, this.clients.ofRun(run).name)
    if (!found) return undefined
    if (name && name.value !== found.hash) {
      throw fail('PERSISTED_QUERY_MISMATCH', 'The hash is not the SHA-256 of the document that came with it.')
    }
    this.counts.add('text')
    return found
  }

  private refuseText(): never {
    this.counts.add('refused')
    throw fail(
      'DOCUMENT_NOT_TRUSTED',
      'This gateway runs trusted documents by their ids only: send the id without the document.',
    )
  }
}

interface TrustParts {
  readonly log: Logger
  /** Whose manifests are looked into. */
  readonly clients: ClientNames
  /** By how a document was found, or what became of one that was not. */
  readonly counts: Tally
}

function openFeed(
  { source, mode }: Pick<TrustedDocumentsOptions, 'source' | 'mode'>,
  log: Logger,
): DocumentsFeed {
  if ('files' in source) return manifestFiles(source.files, log)
  if ('feed' in source) return source.feed
  const open = () => registryDocuments(source.registry, log)
  return mode === 'open' ? lateDocuments(open, log) : open()
}

/** Reads the trusted documents, and follows what their source says later. @throws DocumentsRefused, or why they cannot be read */
export async function openTrust(options: TrustedDocumentsOptions, parts: TrustParts): Promise<Trust> {
  const { source, mode, isPerClient = false } = options
  const { log } = parts
  const feed = openFeed({ source, mode }, log)
  const documents = await followDocuments(feed, { isPerClient, log })
  const { size, clientCount } = documents.current()
  log.info({ documents: size, clients: clientCount, mode }, 'trusted documents')
  if (size === 0 && mode === 'locked') log.warn('there are no trusted documents, and nothing else may run')
  return new Trust(options, { ...parts, documents })
}
