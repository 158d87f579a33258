import { nextSorting, type Sorting } from './sort-rows.ts'

interface SortHeaderProps<Column extends string> {
  column: Column
  label: string
  isText?: boolean
  sorting: Sorting<Column>
  onSort: (sorting: Sorting<Column>) => void
}

/** The head of a column that sorts the table by it. */
export function SortHeader<Column extends string>(props: SortHeaderProps<Column>) {
  const { column, label, isText = false, sorting, onSort } = props
  const isSorted = sorting.column === column
  const direction = sorting.isDescending ? 'descending' : 'ascending'
  return (
    <th scope="col" className={isText ? undefined : 'number'} aria-sort={isSorted ? direction : undefined}>
      <button type="button" className="sort" onClick={() => onSort(nextSorting(sorting, column, isText))}>
        {label}
        <span aria-hidden="true">{isSorted ? (sorting.isDescending ? ' ↓' : ' ↑') : ''}</span>
      </button>
    </th>
  )
}
