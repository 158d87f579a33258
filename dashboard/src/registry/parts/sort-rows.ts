/** By which column a table is sorted. */
export interface Sorting<Column extends string> {
  column: Column
  isDescending: boolean
}

type Key = string | number | null

/** Sorted anew, equal rows in the order that they had. What has no value comes last either way. */
export function sortRows<Row>(
  rows: readonly Row[],
  keyOf: (row: Row) => Key,
  isDescending: boolean,
): readonly Row[] {
  return rows.toSorted((one, other) => {
    const [a, b] = [keyOf(one), keyOf(other)]
    if (a === null || b === null) return Number(a === null) - Number(b === null)
    const order = typeof a === 'string' && typeof b === 'string' ? a.localeCompare(b) : Number(a) - Number(b)
    return isDescending ? -order : order
  })
}

/** The next sorting after a click on a column: the other way round, or this column with its largest first. */
export function nextSorting<Column extends string>(
  now: Sorting<Column>,
  column: Column,
  isText: boolean,
): Sorting<Column> {
  if (now.column === column) return { column, isDescending: !now.isDescending }
  return { column, isDescending: !isText }
}
