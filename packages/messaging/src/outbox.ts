import { newId } from '@headcount/ids'
import type { Message } from './message.ts'
import { isSubject } from './subjects.ts'

/** What the outbox needs of a transaction: that a statement's failure fails it. That of `@headcount/database` fits. */
export interface OutboxTransaction {
  send(sql: string, params: unknown[], options?: { readonly name?: string }): void
}

/** A message to send. `id` (default: a new one) and `occurredAt` (default: now) may be left out. */
export type OutgoingMessage = Omit<Message, 'id' | 'occurredAt'> & Partial<Pick<Message, 'id' | 'occurredAt'>>

/**
 * Writes messages into the service's outbox within the caller's transaction: they are sent if and only if
 * it commits. Call `relay.nudge()` after the commit. One statement for any number of messages. A message
 * whose id is still in the outbox is not written twice. Throws a TypeError for a malformed subject.
 */
export function appendToOutbox(tx: OutboxTransaction, messages: readonly OutgoingMessage[]): void {
  if (messages.length === 0) return
  const malformed = messages.find(({ subject }) => !isSubject(subject))
  if (malformed)
    throw new TypeError(`"${malformed.subject}" is no subject: tokens between dots, no wildcard.`)
  const now = new Date().toISOString()
  const rows = messages.map(({ id, subject, organizationId, payload, occurredAt }) => ({
    ...{ id: id ?? newId('message'), subject, organizationId },
    ...{ payload: payload ?? null, occurredAt: occurredAt ?? now },
  }))
  tx.send(
    `INSERT INTO outbox (id, subject, organization_id, payload, occurred_at)
     SELECT id, subject, "organizationId", payload, "occurredAt"
     FROM ROWS FROM (json_to_recordset($1::json) AS (
       id text, subject text, "organizationId" text, payload jsonb, "occurredAt" timestamptz)) WITH ORDINALITY
     ORDER BY ordinality
     ON CONFLICT (id) DO NOTHING`,
    [JSON.stringify(rows)],
    // Planned once a connection: most transactions end with it.
    { name: 'outbox-append' },
  )
}
