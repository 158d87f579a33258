import type { KeyKind } from './cursor.ts'
import type { Page } from './page-arguments.ts'

/** The part of a WHERE clause that begins a page. */
export interface KeysetCondition {
  /** e.g. `(starts_at, id) > ($2, $3)`, or `true` on the first page. */
  sql: string
  /** The values of its placeholders, in order. */
  params: (string | number)[]
}

/**
 * The condition that a row lies after the page's cursor. By key, not by offset: rows that are inserted or
 * removed meanwhile neither repeat nor hide others. The statement must sort by the same columns in the same
 * direction, and an index over them makes it as cheap for the last page as for the first.
 *
 * @param columns The sort key's columns in order; never taken from a request.
 * @param firstPlaceholder The number of the first free placeholder, e.g. 2 where `$1` is taken.
 */
export function keysetCondition<const Kinds extends readonly KeyKind[]>(
  page: Page<Kinds>,
  columns: { readonly [Index in keyof Kinds]: string },
  { firstPlaceholder = 1, descending = false }: { firstPlaceholder?: number; descending?: boolean } = {},
): KeysetCondition {
  if (page.after === undefined) return { sql: 'true', params: [] }
  const params: (string | number)[] = [...page.after]
  const placeholders = params.map((_, index) => `$${firstPlaceholder + index}`)
  return { sql: `(${columns.join(', ')}) ${descending ? '<' : '>'} (${placeholders.join(', ')})`, params }
}
