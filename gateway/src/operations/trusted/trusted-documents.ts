import { plainId } from '@headcount/manifests'
import type { DocumentName } from './document-name.ts'

/** A document that may be run. */
export interface Trusted {
  /** As its client publishes it, without `sha256:`. */
  readonly id: string
  readonly text: string
  /** SHA-256 of the text, hexadecimal. */
  readonly hash: string
  /** Who publishes it; '' = nobody in particular. */
  readonly clients: Set<string>
}

/** Nobody in particular, whose documents everybody may run. */
const nobody = ''

/** One set of trusted documents. Ids are data: no look-up goes by the names of an object. */
export class TrustedDocuments {
  private readonly isPerClient: boolean
  private readonly byHash = new Map<string, Trusted>()
  private readonly byText = new Map<string, Trusted>()
  private readonly byClient = new Map<string, Map<string, Trusted>>()

  /** @param isPerClient whether a client may run its own documents and nobody's, and no other's */
  constructor(isPerClient: boolean) {
    this.isPerClient = isPerClient
  }

  /** Documents, the same text once. */
  get size(): number {
    return this.byText.size
  }

  /** Those who publish them; nobody in particular is none of them. */
  get clientCount(): number {
    return this.byClient.size - (this.byClient.has(nobody) ? 1 : 0)
  }

  /** In the order in which they were published. */
  all(): Iterable<Trusted> {
    return this.byText.values()
  }

  /** Adds one. @returns the other text that the client has under this id; undefined = it was added */
  add(client: string, document: { readonly id: string; readonly text: string; readonly hash: string }) {
    const id = plainId(document.id)
    let ids = this.byClient.get(client)
    if (!ids) {
      ids = new Map()
      this.byClient.set(client, ids)
    }
    const other = ids.get(id)
    if (other && other.text !== document.text) return other.text
    const { text, hash } = document
    const trusted = this.byText.get(text) ?? { id, text, hash, clients: new Set<string>() }
    trusted.clients.add(client)
    ids.set(id, trusted)
    this.byText.set(text, trusted)
    this.byHash.set(hash, trusted)
    return undefined
  }

  /** The document that a client names; an id of its own goes before one of nobody's, and another client's is none. */
  named({ kind, value }: DocumentName, client: string): Trusted | undefined {
    if (kind === 'hash') return this.visible(this.byHash.get(value), client)
    return this.byClient.get(client)?.get(value) ?? this.byClient.get(nobody)?.get(value)
  }

  /** The document with exactly this text. */
  withText(text: string, client: string): Trusted | undefined {
    return this.visible(this.byText.get(text), client)
  }

  /** What was worked out for this text before, whoever publishes it. */
  known(text: string): Trusted | undefined {
    return this.byText.get(text)
  }

  private visible(trusted: Trusted | undefined, client: string): Trusted | undefined {
    if (!trusted || !this.isPerClient) return trusted
    return trusted.clients.has(client) || trusted.clients.has(nobody) ? trusted : undefined
  }
}
