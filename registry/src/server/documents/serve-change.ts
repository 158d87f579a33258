import type { Transaction } from '@headcount/database'
import { changesChannel } from '../live/follow-changes.ts'

/** Locks what is live: of several who change it one goes first. */
export async function lockLive(tx: Transaction): Promise<void> {
  await tx.query('SELECT 1 FROM live WHERE id = 1 FOR UPDATE')
}

/** Tells all processes that the served documents are others; they hear of it when the transaction is done. */
export function tellChange(tx: Transaction): void {
  tx.send('UPDATE live SET documents = documents + 1 WHERE id = 1')
  tx.send(`SELECT pg_notify('${changesChannel}', 'documents')`)
}
