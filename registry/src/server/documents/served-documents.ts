import type { Database } from '@headcount/database'
import type { DocumentsAnswer } from '@headcount/registry-api'
import type { PublishedDocument } from '../../weighing/evidence.ts'
import { keepLatest } from '../latest.ts'
import { type FeedText, hashOf } from '../live/live-state.ts'

/** The documents that gateways let through: those of all manifests that are not withdrawn, each once a client. */
export async function readServed(database: Database): Promise<PublishedDocument[]> {
  // Not the replica: one that lags would be kept as what is served after a change.
  return await database.query<PublishedDocument>(
    `SELECT client, id, text, name FROM (
       SELECT DISTINCT ON (client, document_id) client, document_id AS id, text_hash, name
         FROM manifests JOIN manifest_documents ON manifest_id = manifests.id
        WHERE withdrawn_at IS NULL ORDER BY client, document_id
     ) AS served JOIN texts ON hash = text_hash ORDER BY client COLLATE "C", id COLLATE "C"`,
  )
}

/** Makes the reader of what `GET /documents` answers; it is read once each time that the documents have changed. */
export function documentsFeed(database: Database): (revision: number) => Promise<FeedText> {
  return keepLatest(
    async () => {
      const text = JSON.stringify(await readDocuments(database))
      return { text, etag: `"${hashOf(text)}"`, version: undefined }
    },
    (revision: number) => revision,
  )
}

/** The same by client, as gateways take it. */
export async function readDocuments(database: Database): Promise<DocumentsAnswer> {
  const byClient = Map.groupBy(await readServed(database), ({ client }) => client)
  return {
    clients: [...byClient].map(([client, documents]) => ({
      client,
      documents: documents.map(({ id, text, name }) => ({ id, text, name })),
    })),
  }
}
