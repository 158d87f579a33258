import type { Database } from '@headcount/database'
import type { Page, PublishedSubgraph, VersionDetail, VersionSummary } from '@headcount/registry-api'
import { RegistryProblem } from '../endpoint.ts'
import type { PageRequest } from '../http/read-page.ts'

interface SummaryRow extends Omit<VersionSummary, 'at' | 'isLive' | 'liveSince' | 'rollsBackTo' | 'counts'> {
  at: Date
  is_live: boolean
  live_since: Date | null
  rolls_back_to: number | null
  breaking: number
  dangerous: number
  safe: number
  error_count: number
}

interface DetailRow extends SummaryRow, Pick<VersionDetail, 'errors' | 'hints' | 'changes' | 'contracts'> {
  supergraph_hash: string | null
  subgraphs: PublishedSubgraph[]
}

const summaryColumns = `
  v.number, v.at, v.kind, v.by, v.author, v.commit, v.message, v.changed, v.composes, v.rolls_back_to, v.breaking,
  v.dangerous, v.safe, v.error_count, (v.number = l.number) IS TRUE AS is_live,
  (SELECT max(since) FROM live_times t WHERE t.number = v.number) AS live_since`

const detailSql = `
  SELECT ${summaryColumns}, v.supergraph_hash, v.errors, v.hints, v.changes,
         (SELECT coalesce(json_agg(json_build_object('name', s.name, 'url', s.url, 'hash', s.schema_hash,
                                                     'since', s.since) ORDER BY s.name), '[]')
            FROM version_subgraphs s WHERE s.number = v.number) AS subgraphs,
         (SELECT coalesce(json_agg(json_build_object('name', c.name, 'hash', c.supergraph_hash,
                                                     'errors', c.errors) ORDER BY c.name), '[]')
            FROM version_contracts c WHERE c.number = v.number) AS contracts
    FROM versions v CROSS JOIN live l
   WHERE l.id = 1 AND v.number = $1`

/** A page of the history, the latest first. */
export async function listVersions(
  database: Database,
  { before, limit }: PageRequest,
): Promise<Page<VersionSummary>> {
  const rows = await database.query<SummaryRow>(
    `SELECT ${summaryColumns} FROM versions v CROSS JOIN live l
      WHERE l.id = 1 AND v.number < $1 ORDER BY v.number DESC LIMIT $2`,
    [before, limit],
  )
  const last = rows.at(-1)
  return {
    items: rows.map(summaryOf),
    before: last && rows.length === limit && last.number > 1 ? String(last.number) : null,
  }
}

/** A version with all that is known of it. @throws RegistryProblem NOT_FOUND */
export async function readVersion(database: Database, number: number): Promise<VersionDetail> {
  const [row] = await database.query<DetailRow>(detailSql, [number])
  if (!row) throw noVersion(number)
  const { subgraphs, errors, hints, changes, contracts, supergraph_hash: supergraphHash } = row
  return { ...summaryOf(row), subgraphs, errors, hints, changes, supergraphHash, contracts }
}

/** That there is no such version. */
export function noVersion(number: number): RegistryProblem {
  return new RegistryProblem(
    'NOT_FOUND',
    `There is no version ${number}; GET /versions lists those that there are.`,
  )
}

function summaryOf(row: SummaryRow): VersionSummary {
  return {
    number: row.number,
    at: row.at.toISOString(),
    kind: row.kind,
    by: row.by,
    author: row.author,
    commit: row.commit,
    message: row.message,
    changed: row.changed,
    composes: row.composes,
    isLive: row.is_live,
    liveSince: row.live_since?.toISOString() ?? null,
    rollsBackTo: row.rolls_back_to,
    counts: {
      breaking: row.breaking,
      dangerous: row.dangerous,
      safe: row.safe,
      errors: row.error_count,
    },
  }
}
