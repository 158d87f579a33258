import type { Database } from '@headcount/database'
import type { CheckContext, CheckRecord, CheckReport, CheckSummary, Page } from '@headcount/registry-api'
import { RegistryProblem } from '../endpoint.ts'
import { readNumber, readPage } from '../http/read-page.ts'

/** A check that was done. */
export interface DoneCheck {
  readonly at: Date
  readonly by: string
  readonly base: number | null
  readonly subgraphs: readonly string[]
  readonly context: CheckContext
  readonly report: CheckReport
}

interface CheckRow {
  readonly id: string
  readonly at: Date
  readonly by: string
  readonly base: number | null
  readonly subgraphs: readonly string[]
  readonly outcome: CheckReport['outcome']
  readonly breaking: number
  readonly dangerous: number
  readonly safe: number
  readonly errors: number
  readonly context: CheckContext
}

const columns = `id::text, at, by, base, subgraphs, outcome, breaking, dangerous, safe, error_count AS errors, context`

/** Keeps a check, and answers it as it is kept. */
export async function addCheck(database: Database, check: DoneCheck): Promise<CheckRecord> {
  const { at, by, base, subgraphs, context, report } = check
  const count = (level: string) => report.changes.filter((change) => change.level === level).length
  const [row] = await database.query<CheckRow>(
    `INSERT INTO checks (at, by, base, subgraphs, outcome, breaking, dangerous, safe, error_count, context, report)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) RETURNING ${columns}`,
    [
      ...[at, by, base, subgraphs, report.outcome],
      ...[count('breaking'), count('dangerous'), count('safe'), report.errors.length],
      ...[JSON.stringify(context), JSON.stringify(report)],
    ],
  )
  if (!row) throw new Error('a check was added and is not there')
  return { ...summaryOf(row), report }
}

/** The latest checks first: `?limit=&before=`. */
export async function listChecks(query: URLSearchParams, database: Database): Promise<Page<CheckSummary>> {
  const { before, limit } = readPage(query)
  const rows = await database.read<CheckRow>(
    `SELECT ${columns} FROM checks WHERE id < $1 ORDER BY checks.id DESC LIMIT ${limit + 1}`,
    [before],
  )
  const shown = rows.slice(0, limit)
  return { items: shown.map(summaryOf), before: rows.length > limit ? (shown.at(-1)?.id ?? null) : null }
}

/** One check with all that it found. */
export async function readCheck(text: string | undefined, database: Database): Promise<CheckRecord> {
  const id = readNumber(text, 'id')
  // The primary: whoever has just had a check made may look at it at once.
  const [row] = await database.query<CheckRow & { report: CheckReport }>(
    `SELECT ${columns}, report FROM checks WHERE id = $1`,
    [id],
  )
  if (!row) throw new RegistryProblem('NOT_FOUND', `There is no check ${id}; old ones are removed`)
  return { ...summaryOf(row), report: row.report }
}

function summaryOf({ id, at, by, base, subgraphs, outcome, context, ...counts }: CheckRow): CheckSummary {
  const { breaking, dangerous, safe, errors } = counts
  return {
    ...{ id, at: at.toISOString(), by, base, subgraphs, outcome, context },
    counts: { breaking, dangerous, safe, errors },
  }
}
