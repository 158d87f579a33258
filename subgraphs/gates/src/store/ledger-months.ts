import type { Database } from '@headcount/database'

/** The writes of the ledger's months. */
export function ledgerMonths(database: Database) {
  return {
    /** Makes the months from that moment's on, if they are not there; how many were made. */
    async makeLedgerMonths(from: Date, count: number): Promise<number> {
      const rows = await database.query<{ made: boolean }>(
        `SELECT make_ledger_month(date_trunc('month', $1::timestamptz, 'UTC') + make_interval(months => n)) AS made
         FROM generate_series(0, $2 - 1) AS n`,
        [from, count],
      )
      return rows.filter(({ made }) => made).length
    },
    /** Detaches the months that ended before that moment; their names. Those with an event that is not over stay. */
    async archiveLedgerMonths(before: Date): Promise<string[]> {
      const rows = await database.query<{ name: string }>('SELECT archive_ledger_months($1) AS name', [
        before,
      ])
      return rows.map(({ name }) => name)
    },
    /** How many rows no month took, at most 1,000. There are none while months are made ahead. */
    async strayLedgerRows(): Promise<number> {
      const [row] = await database.query<{ rows: number }>(
        'SELECT count(*)::int AS rows FROM (SELECT 1 FROM ledger_default LIMIT 1000) AS stray',
      )
      return row?.rows ?? 0
    },
  }
}
