import type { Transaction } from '@headcount/database'
import type { AuditEntry, Page } from '@headcount/registry-api'
import type { Endpoint } from './endpoint.ts'
import { readPage } from './http/read-page.ts'
import type { Parts } from './parts.ts'

/** What is written of one deed. */
export interface Deed {
  readonly at: Date
  readonly by: string
  /** `version.published` */
  readonly action: string
  readonly subject: string
  readonly details?: Readonly<Record<string, unknown>>
}

/** Writes into the audit log, in the transaction of the deed itself. */
export function noteDeed(
  tx: Pick<Transaction, 'send'>,
  { at, by, action, subject, details = {} }: Deed,
): void {
  tx.send('INSERT INTO audit_entries (at, by, action, subject, details) VALUES ($1, $2, $3, $4, $5)', [
    at,
    by,
    action,
    subject,
    JSON.stringify(details),
  ])
}

/** `GET /audit`. */
export function auditEndpoints({ database }: Pick<Parts, 'database'>): Endpoint[] {
  return [
    {
      method: 'GET',
      path: '/audit',
      scope: 'registry:admin',
      async handle({ query }) {
        const { before, limit } = readPage(query)
        const rows = await database.query<AuditRow>(
          `SELECT id::text, at, by, action, subject, details FROM audit_entries
            WHERE id < $1 ORDER BY id DESC LIMIT $2`,
          [before, limit],
        )
        const items = rows.map((row): AuditEntry => ({ ...row, at: row.at.toISOString() }))
        const page: Page<AuditEntry> = {
          items,
          before: rows.length === limit ? (rows.at(-1)?.id ?? null) : null,
        }
        return { json: page }
      },
    },
  ]
}

type AuditRow = Omit<AuditEntry, 'at'> & { readonly at: Date }
