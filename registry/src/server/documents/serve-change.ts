import type { Transaction } from '@headcount/database'
import { changesChannel } from '../live/follow-changes.ts'

/** Tells all processes that the served documents are others; they hear of it when the transaction is done. */
export function tellChange(tx: Transaction): void {
  tx.send('UPDATE live SET documents = documents + 1 WHERE id = 1')
  tx.send(`SELECT pg_notify('${changesChannel}', 'documents')`)
}
