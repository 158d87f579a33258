import type { ManifestSummary, Page } from '@headcount/registry-api'
import { noteDeed } from '../audit.ts'
import { RegistryProblem } from '../endpoint.ts'
import { readNumber, readPage } from '../http/read-page.ts'
import { lockLive } from '../live/lock-live.ts'
import type { DocumentParts } from './document-parts.ts'
import { tellChange } from './serve-change.ts'

interface ManifestRow {
  readonly id: string
  readonly client: string
  readonly version: string | null
  readonly at: Date
  readonly by: string
  readonly documents: number
  readonly isWithdrawn: boolean
}

const columns = `id::text, client, version, at, by, withdrawn_at IS NOT NULL AS "isWithdrawn",
       (SELECT count(*)::int FROM manifest_documents WHERE manifest_id = manifests.id) AS documents`

/** What was published by whom, the latest first: `?client=&limit=&before=`. */
export async function listManifests(
  query: URLSearchParams,
  { database }: DocumentParts,
): Promise<Page<ManifestSummary>> {
  const { before, limit } = readPage(query)
  const rows = await database.read<ManifestRow>(
    `SELECT ${columns} FROM manifests WHERE ($1::text IS NULL OR client = $1) AND id < $2
      ORDER BY manifests.id DESC LIMIT ${limit + 1}`,
    [query.get('client'), before],
  )
  const shown = rows.slice(0, limit)
  return { items: shown.map(summaryOf), before: rows.length > limit ? (shown.at(-1)?.id ?? null) : null }
}

/** Takes a manifest back: gateways refuse what no other manifest has. One that was taken back stays so. */
export async function withdrawManifest(
  number: string | undefined,
  by: string,
  { database, now, live }: DocumentParts,
): Promise<ManifestSummary> {
  const id = readNumber(number, 'id')
  const at = now()
  const row = await database.transaction(async (tx) => {
    await lockLive(tx)
    const changed = await tx.query<{ client: string; version: string | null }>(
      'UPDATE manifests SET withdrawn_at = $2 WHERE id = $1 AND withdrawn_at IS NULL RETURNING client, version',
      [id, at],
    )
    for (const { client, version } of changed) {
      tellChange(tx)
      noteDeed(tx, {
        ...{
          at,
          by,
          action: 'documents.withdrawn',
          subject: client,
          details: { manifest: String(id), version },
        },
      })
    }
    const [found] = await tx.query<ManifestRow>(`SELECT ${columns} FROM manifests WHERE id = $1`, [id])
    return found
  })
  if (!row) throw unknown(id)
  await live.refresh()
  return summaryOf(row)
}

function summaryOf({ at, ...row }: ManifestRow): ManifestSummary {
  return { ...row, at: at.toISOString() }
}

function unknown(id: number): RegistryProblem {
  return new RegistryProblem(
    'NOT_FOUND',
    `There is no manifest ${id}; GET /manifests lists those that are there`,
  )
}
