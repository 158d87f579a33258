import type { Transaction } from '@headcount/database'

/** What is live, as it stays until the end of the transaction. */
export interface LockedLive {
  /** Null = nothing has composed yet. */
  readonly number: number | null
  /** Rises with each change of the contracts. */
  readonly contracts: number
}

/**
 * Locks the one row that says what is live: whoever changes anything that gateways get holds it until the end. A process that
 * stands still while it does loses its transaction after 5 s, so that the others go on.
 */
export async function lockLive(tx: Transaction): Promise<LockedLive> {
  tx.send("SET LOCAL idle_in_transaction_session_timeout = '5s'")
  const [live] = await tx.query<LockedLive>('SELECT number, contracts FROM live WHERE id = 1 FOR UPDATE')
  if (!live) throw new Error('The table live has no row: the migrations are not applied')
  return live
}
