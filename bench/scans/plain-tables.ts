import { openSql } from '../../e2e/setup/ledger.ts'

/** Events that the plain transactions spread over; event 0 is the hot one. */
export const plainEvents = 1000

/**
 * Makes what stands beside the platform in its own database of gates, in schemas of their own: ledgers with the columns
 * and indexes of its ledger and a unique scanId, and counters.
 */
export async function makePlainTables(gatesUrl: string): Promise<void> {
  const sql = await openSql(gatesUrl)
  try {
    for (const schema of ['plain', 'grouped']) {
      await sql.query(`CREATE SCHEMA ${schema}`)
      await sql.query(
        `CREATE TABLE ${schema}.ledger (LIKE public.ledger INCLUDING DEFAULTS INCLUDING INDEXES)`,
      )
      await sql.query(`CREATE UNIQUE INDEX ON ${schema}.ledger (organization_id, scan_id)`)
      await sql.query(`CREATE TABLE ${schema}.counters (event_id text PRIMARY KEY, seq int NOT NULL, inside int NOT NULL)
        WITH (fillfactor = 50)`)
      await sql.query(
        `INSERT INTO ${schema}.counters SELECT 'evt_' || lpad(n::text, 32, '0'), 0, 0 FROM generate_series(0, $1::int) AS n`,
        [plainEvents],
      )
    }
    await sql.query(
      'CREATE TABLE grouped.presence (LIKE public.presence INCLUDING DEFAULTS INCLUDING INDEXES)',
    )
    await sql.query(
      'CREATE TABLE grouped.gate_counters (gate_id text PRIMARY KEY, entries int NOT NULL, exits int NOT NULL)',
    )
    await sql.query('CREATE TABLE grouped.outbox (sequence bigserial PRIMARY KEY, payload jsonb NOT NULL)')
  } finally {
    await sql.close()
  }
}
