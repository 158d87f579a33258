import type { Sql } from '../../e2e/setup/ledger.ts'

/** Columns of a copy that differ from those of the row it is made of. */
export type Patch = Readonly<Record<string, string | number | readonly string[]>>

const PATCHES_AT_ONCE = 5000

/**
 * Copies the row of a table once for each patch. What a row of this kind holds is thereby what the platform itself wrote,
 * whatever columns it has by now.
 * @throws Error when there is not exactly one such row
 */
export async function copyRows(
  sql: Sql,
  { table, key }: { readonly table: string; readonly key: readonly [column: string, value: string] },
  patches: readonly Patch[],
): Promise<void> {
  const [column, value] = key
  const text = `INSERT INTO ${table} SELECT copy.* FROM ${table} AS source,
    jsonb_array_elements($2::jsonb) AS patch, LATERAL jsonb_populate_record(source, patch) AS copy
    WHERE source.${column} = $1 RETURNING 1 AS one`
  for (let at = 0; at < patches.length; at += PATCHES_AT_ONCE) {
    const some = patches.slice(at, at + PATCHES_AT_ONCE)
    const made = await sql.query(text, [value, JSON.stringify(some)])
    if (made.length !== some.length)
      throw new Error(`${table}: ${made.length} rows were made of ${some.length} with ${column} = ${value}.`)
  }
}
