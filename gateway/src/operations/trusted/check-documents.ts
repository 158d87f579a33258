import { createHash } from 'node:crypto'
import { setImmediate } from 'node:timers/promises'
import { plainId } from '@headcount/manifests'
import type { DocumentsAnswer, TrustedDocument } from '@headcount/registry-api'
import { Kind, parse } from 'graphql'
import { idCharacters, isHash } from './document-name.ts'
import { DocumentsRefused } from './documents-refused.ts'
import { TrustedDocuments } from './trusted-documents.ts'

/** Documents that are checked in one turn: requests go on between. */
const atOnce = 50

/** Custom ids have no colon, unless behind a prefix of the application's own: https://github.com/graphql/graphql-over-http/blob/main/spec/Appendix%20A%20--%20Persisted%20Documents.md */
const customId = /^(?:x-[^:\s]+:)?[^:\s]+$/

function idProblem(id: string): string | undefined {
  if (id.length > idCharacters) return `its id has ${id.length} characters; ${idCharacters} are the most`
  if (customId.test(id)) return undefined
  return 'its id must be SHA-256 of the text, or a custom one without spaces and colons, or x-…:…'
}

function textProblem(text: string): string | undefined {
  try {
    const { definitions } = parse(text)
    if (definitions.some(({ kind }) => kind === Kind.OPERATION_DEFINITION)) return undefined
    return 'it has no operation'
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

function hashProblem(id: string, hash: string): string | undefined {
  if (!isHash(id) || id === hash) return undefined
  return `its id looks like a SHA-256, and that of its text is ${hash}`
}

/** An id in a message. */
function shown(id: string): string {
  return JSON.stringify(id.length > 80 ? `${id.slice(0, 80)}…` : id)
}

class Check {
  readonly documents: TrustedDocuments
  readonly reasons: string[] = []
  private readonly before: TrustedDocuments | undefined

  constructor(isPerClient: boolean, before: TrustedDocuments | undefined) {
    this.documents = new TrustedDocuments(isPerClient)
    this.before = before
  }

  add(client: string, { id, text }: TrustedDocument): void {
    const known = this.before?.known(text) ?? this.documents.known(text)
    const hash = known?.hash ?? createHash('sha256').update(text).digest('hex')
    const plain = plainId(id)
    const reason = idProblem(plain) ?? hashProblem(plain, hash) ?? (known ? undefined : textProblem(text))
    if (reason !== undefined) this.refuse(client, id, reason)
    else if (this.documents.add(client, { id, text, hash }) !== undefined) {
      this.refuse(client, id, 'the same id stands for another text too')
    }
  }

  private refuse(client: string, id: string, reason: string): void {
    const whose = client === '' ? '' : ` of ${shown(client)}`
    this.reasons.push(`document ${shown(id)}${whose}: ${reason}`)
  }
}

/**
 * Makes a set of what a feed gives: each id well formed, each hash right, each text a document of GraphQL. Whether they fit
 * the schema is found when they are asked for.
 *
 * @param how `before`: the set that it follows, whose texts are not looked at again
 * @throws DocumentsRefused with all reasons
 */
export async function checkDocuments(
  answer: DocumentsAnswer,
  how: { readonly isPerClient: boolean; readonly before?: TrustedDocuments | undefined },
): Promise<TrustedDocuments> {
  const check = new Check(how.isPerClient, how.before)
  let count = 0
  for (const { client, documents } of answer.clients) {
    for (const document of documents) {
      check.add(client, document)
      count += 1
      if (count % atOnce === 0) await setImmediate()
    }
  }
  if (check.reasons.length > 0) throw new DocumentsRefused(check.reasons)
  return check.documents
}
