import type { Transaction } from '@headcount/database'
import type {
  PublishDocumentsAnswer,
  PublishDocumentsRequest,
  TrustedDocument,
} from '@headcount/registry-api'
import { buildSchema, type GraphQLSchema } from 'graphql'
import { noteDeed } from '../audit.ts'
import { mapInSlices } from '../in-slices.ts'
import { liveSchema } from '../live/live-schema.ts'
import { lockLive } from '../live/lock-live.ts'
import { type CheckedDocument, checkDocument, isRefused, type RefusedDocument } from './check-document.ts'
import type { DocumentParts } from './document-parts.ts'
import { findConflicts, isSameManifest, knownIds, refuseTooMany } from './manifest-documents.ts'
import { tellChange } from './serve-change.ts'

/** Who publishes what. */
export interface Publication {
  readonly request: PublishDocumentsRequest
  /** Name of the token. */
  readonly by: string
  readonly at: Date
  readonly documents: readonly CheckedDocument[]
}

/**
 * Publishes a client's documents: all, or none where one is refused. What the client published before stays. The same
 * manifest once more adds nothing.
 * @throws RegistryProblem TOO_LARGE when gateways would have to hold too many
 */
export async function publishDocuments(
  { request, by }: Pick<Publication, 'request' | 'by'>,
  parts: DocumentParts,
): Promise<PublishDocumentsAnswer> {
  const live = liveSchema(parts.live)
  const schema = live && buildSchema(live.sdl, { assumeValid: true })
  const { documents, refused } = await checkAll(request.documents, schema)
  if (refused.length > 0) return { added: 0, known: 0, refused }
  const publication = { request, by, at: parts.now(), documents }
  const answer = await parts.database.transaction((tx) => store(tx, publication))
  if (answer.added > 0) await parts.live.refresh()
  return answer
}

async function checkAll(documents: readonly TrustedDocument[], schema: GraphQLSchema | undefined) {
  const checked = await mapInSlices(documents, (document) => checkDocument(document, schema))
  const byId = new Map<string, CheckedDocument>()
  const refused: RefusedDocument[] = []
  for (const one of checked) {
    if (isRefused(one)) {
      refused.push(one)
      continue
    }
    const { id, name, hash } = one
    const other = byId.get(id)
    if (other && other.hash !== hash)
      refused.push({ id, name, reason: 'Its id stands for another text of the same manifest too' })
    else byId.set(id, one)
  }
  return { documents: [...byId.values()], refused }
}

async function store(tx: Transaction, publication: Publication): Promise<PublishDocumentsAnswer> {
  const { request, documents, by, at } = publication
  await lockLive(tx)
  const refused = await findConflicts(tx, publication)
  if (refused.length > 0) return { added: 0, known: 0, refused }
  const known = await knownIds(tx, publication)
  const added = documents.filter(({ id }) => !known.has(id))
  const answer = { added: added.length, known: known.size, refused }
  if (added.length === 0 && (await isSameManifest(tx, publication))) return answer
  await refuseTooMany(tx, added)
  const manifest = await addManifest(tx, publication)
  if (added.length > 0) tellChange(tx)
  noteDeed(tx, {
    ...{ at, by, action: 'documents.published', subject: request.client },
    details: { manifest, version: request.version ?? null, added: answer.added, known: answer.known },
  })
  return answer
}

async function addManifest(tx: Transaction, { request, by, at, documents }: Publication): Promise<string> {
  tx.send(
    `INSERT INTO texts (hash, text) SELECT hash, text FROM unnest($1::text[], $2::text[]) AS came(hash, text)
      ORDER BY hash ON CONFLICT DO NOTHING`,
    [documents.map(({ hash }) => hash), documents.map(({ text }) => text)],
  )
  const [row] = await tx.query<{ id: string }>(
    'INSERT INTO manifests (client, version, at, by) VALUES ($1, $2, $3, $4) RETURNING id::text',
    [request.client, request.version ?? null, at, by],
  )
  if (!row) throw new Error('a manifest was added and has no id')
  tx.send(
    `INSERT INTO manifest_documents (manifest_id, document_id, text_hash, name)
     SELECT $1, id, hash, name FROM unnest($2::text[], $3::text[], $4::text[]) AS came(id, hash, name)`,
    [
      row.id,
      documents.map(({ id }) => id),
      documents.map(({ hash }) => hash),
      documents.map(({ name }) => name),
    ],
  )
  return row.id
}
