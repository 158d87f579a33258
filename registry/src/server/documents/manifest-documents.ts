import type { Transaction } from '@headcount/database'
import { RegistryProblem } from '../endpoint.ts'
import type { CheckedDocument, RefusedDocument } from './check-document.ts'
import { documentBounds } from './document-bounds.ts'
import type { Publication } from './publish-documents.ts'

/**
 * Documents whose id stood for another text of the client before, withdrawn or not: an app that is still out there would get
 * an answer to another question.
 */
export async function findConflicts(
  tx: Transaction,
  { request, documents }: Publication,
): Promise<RefusedDocument[]> {
  const rows = await tx.query<{ id: string; hash: string; manifest: string }>(
    `SELECT DISTINCT ON (document_id) document_id AS id, text_hash AS hash, manifests.id::text AS manifest
       FROM manifest_documents JOIN manifests ON manifests.id = manifest_id
      WHERE client = $1 AND document_id = ANY($2) ORDER BY document_id, manifests.id`,
    [request.client, documents.map(({ id }) => id)],
  )
  const before = new Map(rows.map((row) => [row.id, row]))
  return documents.flatMap(({ id, name, hash }) => {
    const other = before.get(id)
    if (!other || other.hash === hash) return []
    return {
      id,
      name,
      reason: `Its id stands for another text since manifest ${other.manifest}: take another id`,
    }
  })
}

/** Which of them gateways let through already. */
export async function knownIds(tx: Transaction, { request, documents }: Publication): Promise<Set<string>> {
  const rows = await tx.query<{ id: string }>(
    `SELECT DISTINCT document_id AS id FROM manifest_documents JOIN manifests ON manifests.id = manifest_id
      WHERE client = $1 AND withdrawn_at IS NULL AND document_id = ANY($2)`,
    [request.client, documents.map(({ id }) => id)],
  )
  return new Set(rows.map(({ id }) => id))
}

/** Whether the client's last manifest of the same version has the same documents: it is sent again. */
export async function isSameManifest(tx: Transaction, { request, documents }: Publication): Promise<boolean> {
  const rows = await tx.query<{ id: string }>(
    `SELECT document_id AS id FROM manifest_documents WHERE manifest_id = (
       SELECT id FROM manifests WHERE client = $1 AND version IS NOT DISTINCT FROM $2 AND withdrawn_at IS NULL
        ORDER BY id DESC LIMIT 1)`,
    [request.client, request.version ?? null],
  )
  const ids = new Set(rows.map(({ id }) => id))
  return ids.size === documents.length && documents.every(({ id }) => ids.has(id))
}

/** Refuses what would make gateways hold more than they may. */
export async function refuseTooMany(tx: Transaction, added: readonly CheckedDocument[]): Promise<void> {
  if (added.length === 0) return
  const [row] = await tx.query<{ documents: number; bytes: number }>(
    `SELECT count(*)::int AS documents, coalesce(sum(octet_length(text)), 0)::bigint AS bytes FROM (
       SELECT DISTINCT client, document_id, text_hash FROM manifests
         JOIN manifest_documents ON manifest_id = manifests.id WHERE withdrawn_at IS NULL
     ) AS served JOIN texts ON hash = text_hash`,
  )
  const documents = (row?.documents ?? 0) + added.length
  const bytes = added.reduce((sum, { text }) => sum + Buffer.byteLength(text), row?.bytes ?? 0)
  if (documents <= documentBounds.served && bytes <= documentBounds.servedBytes) return
  throw new RegistryProblem(
    'TOO_LARGE',
    `Gateways would have to hold ${documents} documents of ${bytes} bytes; ${documentBounds.served} of ${documentBounds.servedBytes} are the most. Withdraw manifests of builds that nobody runs any more.`,
  )
}
