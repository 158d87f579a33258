import type { Transaction } from '@headcount/database'
import type { ReportedOperation } from '@headcount/registry-api'
import { hourMinutes } from './bounds.ts'
import { addedLatencies } from './latencies.ts'
import { type MergedCount, mergeClients } from './merge-report.ts'

// Each statement writes its rows in the order of their key: reports that come at once wait for one another and never in a
// circle.

/** Operations that were asked. Their texts come by {@link addTexts}. */
export function addOperations(tx: Transaction, ids: readonly string[], seenAt: Date): void {
  if (ids.length === 0) return
  tx.send(
    `INSERT INTO operations AS kept (id, first_seen_at, last_seen_at)
     SELECT id, $2, $2 FROM unnest($1::text[]) AS came(id) ORDER BY id
     ON CONFLICT (id) DO UPDATE SET last_seen_at = greatest(kept.last_seen_at, excluded.last_seen_at),
       first_seen_at = least(kept.first_seen_at, excluded.first_seen_at)`,
    [ids, seenAt],
  )
}

/** What operations are, and what their texts use: under another supergraph that may be more. */
export function addTexts(tx: Transaction, operations: readonly ReportedOperation[]): void {
  if (operations.length === 0) return
  const column = (of: (one: ReportedOperation) => string | null) => operations.map(of)
  tx.send(
    `UPDATE operations SET name = came.name, kind = came.kind, text = coalesce(operations.text, came.text),
            document_id = coalesce(came.document_id, operations.document_id)
       FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[]) AS came(id, name, kind, text, document_id)
      WHERE operations.id = came.id`,
    [
      column(({ id }) => id),
      column(({ name }) => name),
      column(({ kind }) => kind),
      column(({ text }) => text),
      column(({ documentId }) => documentId),
    ],
  )
  const pairs = operations.flatMap(({ id, coordinates }) => coordinates.map((one) => [id, one] as const))
  tx.send(
    `INSERT INTO operation_coordinates (operation_id, coordinate, is_input, last_seen_at)
     SELECT operation, coordinate, false, now() FROM unnest($1::text[], $2::text[]) AS came(operation, coordinate)
      ORDER BY operation, coordinate
     ON CONFLICT DO NOTHING`,
    [pairs.map(([id]) => id), pairs.map(([, coordinate]) => coordinate)],
  )
}

/** What came in variables. */
export function addInputs(
  tx: Transaction,
  inputs: ReadonlyMap<string, ReadonlySet<string>>,
  seenAt: Date,
): void {
  if (inputs.size === 0) return
  const pairs = [...inputs].flatMap(([id, coordinates]) => [...coordinates].map((one) => [id, one] as const))
  tx.send(
    `INSERT INTO operation_coordinates AS kept (operation_id, coordinate, is_input, last_seen_at)
     SELECT operation, coordinate, true, $3 FROM unnest($1::text[], $2::text[]) AS came(operation, coordinate)
      ORDER BY operation, coordinate
     ON CONFLICT (operation_id, coordinate, is_input) DO UPDATE SET last_seen_at = excluded.last_seen_at
      WHERE excluded.last_seen_at > kept.last_seen_at + interval '1 minute'`,
    [pairs.map(([id]) => id), pairs.map(([, coordinate]) => coordinate), seenAt],
  )
}

/** Clients that asked, a pair with each operation. */
export function addClients(tx: Transaction, counts: readonly MergedCount[], seenAt: Date): void {
  if (counts.length === 0) return
  tx.send(
    `INSERT INTO operation_clients AS kept (operation_id, client_name, client_version, last_seen_at)
     SELECT operation, name, version, $4 FROM unnest($1::text[], $2::text[], $3::text[]) AS came(operation, name, version)
      ORDER BY operation, name, version
     ON CONFLICT (operation_id, client_name, client_version)
     DO UPDATE SET last_seen_at = greatest(kept.last_seen_at, excluded.last_seen_at)`,
    [...pairsOf(counts), seenAt],
  )
}

/** How often and how long: by client, and in all. */
export function addCounts(tx: Transaction, counts: readonly MergedCount[], seenAt: Date): void {
  if (counts.length === 0) return
  tx.send(
    `INSERT INTO usage_counts AS kept
       (operation_id, client_name, client_version, span, begin, requests, errors, latencies, last_seen_at)
     SELECT operation, name, version, ${hourMinutes}, date_trunc('hour', $7::timestamptz, 'UTC'),
            requests, errors, latencies::bigint[], $7
       FROM unnest($1::text[], $2::text[], $3::text[], $4::bigint[], $5::bigint[], $6::text[])
         AS came(operation, name, version, requests, errors, latencies)
      ORDER BY operation, name, version
     ON CONFLICT (operation_id, client_name, client_version, span, begin)
     DO UPDATE SET ${summed}, last_seen_at = greatest(kept.last_seen_at, excluded.last_seen_at)`,
    [...pairsOf(counts), ...numbersOf(counts), seenAt],
  )
  const all = mergeClients(counts)
  tx.send(
    `INSERT INTO operation_counts AS kept (operation_id, span, begin, requests, errors, latencies)
     SELECT operation, ${hourMinutes}, date_trunc('hour', $5::timestamptz, 'UTC'), requests, errors, latencies::bigint[]
       FROM unnest($1::text[], $2::bigint[], $3::bigint[], $4::text[]) AS came(operation, requests, errors, latencies)
      ORDER BY operation
     ON CONFLICT (operation_id, span, begin) DO UPDATE SET ${summed}`,
    [all.map((one) => one.operation), ...numbersOf(all), seenAt],
  )
}

/** Requests that found no room. */
export function addUncounted(tx: Transaction, requests: number, seenAt: Date): void {
  if (requests === 0) return
  tx.send(
    `INSERT INTO usage_uncounted AS kept (begin, requests) VALUES (date_trunc('hour', $1::timestamptz, 'UTC'), $2)
     ON CONFLICT (begin) DO UPDATE SET requests = kept.requests + excluded.requests`,
    [seenAt, requests],
  )
}

const summed = `requests = kept.requests + excluded.requests, errors = kept.errors + excluded.errors,
       latencies = ${addedLatencies}`

function pairsOf(counts: readonly MergedCount[]): unknown[] {
  return [counts.map((one) => one.operation), counts.map((one) => one.name), counts.map((one) => one.version)]
}

function numbersOf(counts: readonly MergedCount[]): unknown[] {
  return [
    counts.map(({ requests }) => requests),
    counts.map(({ errors }) => errors),
    // A list of lists would become one with two dimensions, which unnest takes apart.
    counts.map(({ latencies }) => `{${latencies.join()}}`),
  ]
}
