import type { Sql } from '../../e2e/setup/ledger.ts'

/** Rows of one event that is over: half of them entries, half exits, each ticket once in and out. */
const rowsOfEvent = 20_000
const ROWS_AT_ONCE = 50_000
const MONTHS = 12

// Row n belongs to event n / 20,000; events are dealt to this month and the twelve before it. Ids carry their times, as the
// platform's do, so that rows made together lie together. All numbers are of the row alone: filling goes on where it ended.
const FILL = `WITH row AS MATERIALIZED (
  SELECT *, 'evt_' || lpad(to_hex((extract(epoch FROM opened) * 1000)::bigint), 12, '0') || '7' || substr(md5('e' || event), 1, 19) AS event_id,
    'tkt_' || lpad(to_hex((extract(epoch FROM opened) * 1000)::bigint - 2592000000 + ticket), 12, '0') || '7' ||
      substr(md5(event || '-' || ticket), 1, 19) AS ticket_id,
    rtrim(translate(encode(sha256(convert_to(event || '-' || ticket, 'UTF8')), 'base64'), '+/', '-_'), '=') AS code_hash,
    opened + place * interval '700 milliseconds' AS at, md5('g' || event || '-' || (ticket % 8)) AS gate,
    md5('d' || event || '-' || (ticket % 110)) AS device
  FROM (SELECT event, place, place % ${rowsOfEvent / 2} AS ticket, place < ${rowsOfEvent / 2} AS is_entry,
      date_trunc('month', now()) - make_interval(months => event % ${MONTHS + 1})
        + make_interval(days => CASE event % ${MONTHS + 1} WHEN 0 THEN 0 ELSE event / ${MONTHS + 1} % 27 END) AS opened
    FROM (SELECT n / ${rowsOfEvent} AS event, n % ${rowsOfEvent} AS place FROM generate_series($2::int, $3::int - 1) AS n) AS numbers) AS facts
), scan AS MATERIALIZED (
  SELECT *, uuidv7(at - now())::text AS scan_id FROM row
), written AS (
  INSERT INTO ledger (event_id, ledger_seq, organization_id, kind, recorded_at, actor_kind, actor_id, gate_id, scan_id,
    code_hash, device_id, device_seq, direction, outcome, credential_id, ticket_type_id, from_place, to_place,
    is_first_admission, scanned_at, effective_at)
  SELECT event_id, place + 1, $1, 'SCAN', at, 'device', 'dev_' || device, 'gat_' || gate, scan_id, code_hash,
    'dev_' || device, place / 110 + 1, CASE WHEN is_entry THEN 'ENTRY' ELSE 'EXIT' END, 'ADMITTED', ticket_id,
    'typ_' || md5('y' || event), CASE WHEN NOT is_entry THEN event_id END, CASE WHEN is_entry THEN event_id END, is_entry,
    at, at FROM scan
), attempted AS (
  INSERT INTO attempts (organization_id, scan_id, event_id, ledger_seq, recorded_at)
  SELECT $1, scan_id, event_id, place + 1, at FROM scan
), present AS (
  INSERT INTO presence (credential_id, place_id, organization_id, event_id, bodies, entries, last_entry_at,
    entries_from_outside, last_from_outside_at, last_movement_at, first_entry_seq, first_entry_at, first_entry_gate_id,
    first_entry_device_id)
  SELECT ticket_id, event_id, $1, event_id, 0, 1, at, 1, at, at, place + 1, at, 'gat_' || gate, 'dev_' || device
  FROM scan WHERE is_entry
), issued AS (
  INSERT INTO tickets (id, organization_id, event_id, ticket_type_id, code_hash, status, version)
  SELECT ticket_id, $1, event_id, 'typ_' || md5('y' || event), code_hash, 'VALID', 1 FROM scan WHERE is_entry
) SELECT count(*)::int AS rows FROM scan`

/**
 * Fills the ledger, and with it attempts, presence and tickets, from one number of rows to another, with events of 20,000
 * rows over this month and the twelve before it; then does what autovacuum and the checkpointer would do in time.
 */
export async function fillLedger(
  sql: Sql,
  organizationId: string,
  { from, to }: { readonly from: number; readonly to: number },
): Promise<void> {
  await sql.query(
    `SELECT make_ledger_month(now() - make_interval(months => ago)) FROM generate_series(0, ${MONTHS}) AS ago`,
  )
  const startedAt = performance.now()
  for (let at = from; at < to; at += ROWS_AT_ONCE) {
    const end = Math.min(at + ROWS_AT_ONCE, to)
    await sql.query(FILL, [organizationId, at, end])
    const seconds = (performance.now() - startedAt) / 1000
    const leftSeconds = Math.round((seconds / (end - from)) * (to - end))
    process.stderr.write(`${end.toLocaleString('en-GB')} rows, ${leftSeconds} s left\n`)
  }
  for (const table of ['ledger', 'attempts', 'presence', 'tickets'])
    await sql.query(`VACUUM (ANALYZE) ${table}`)
  await sql.query('CHECKPOINT')
}
