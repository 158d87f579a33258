import type { OperationUsage } from '@headcount/registry-api'
import { useState } from 'react'
import { Link } from '../../page/link.tsx'
import { formatCount } from '../../words/numbers.ts'
import { pathOfGraph } from '../graph-route.ts'
import { Chip } from '../parts/chip.tsx'
import { SortHeader } from '../parts/sort-header.tsx'
import { type Sorting, sortRows } from '../parts/sort-rows.ts'
import { Time } from '../parts/time.tsx'
import { latencyWords, percentWords } from '../parts/words.ts'
import { type OperationColumn, operationKeys } from './operation-rows.ts'

const COLUMNS: readonly (readonly [OperationColumn, string])[] = [
  ['requests', 'Requests'],
  ['errors', 'Errors'],
  ['p50', 'p50'],
  ['p95', 'p95'],
  ['p99', 'p99'],
  ['clients', 'Clients'],
  ['lastSeen', 'Last asked'],
]

/** Operations by any column; the busiest first. */
export function OperationTable({ operations }: { operations: readonly OperationUsage[] }) {
  const [sorting, setSorting] = useState<Sorting<OperationColumn>>({
    column: 'requests',
    isDescending: true,
  })
  if (operations.length === 0) return <p className="quiet">Nothing of the kind was asked in these days.</p>
  const sort = { sorting, onSort: setSorting }
  return (
    <div className="table-scroll-x">
      <table className="operations">
        <thead>
          <tr>
            <SortHeader column="name" label="Operation" isText {...sort} />
            {COLUMNS.map(([column, label]) => (
              <SortHeader key={column} column={column} label={label} {...sort} />
            ))}
          </tr>
        </thead>
        <tbody>
          {sortRows(operations, operationKeys[sorting.column], sorting.isDescending).map((operation) => (
            <OperationRow key={operation.id} operation={operation} />
          ))}
        </tbody>
      </table>
    </div>
  )
}

function OperationRow({ operation }: { operation: OperationUsage }) {
  const { id, name, kind, documentId, requests, errors, p50Ms, p95Ms, p99Ms, lastSeenAt } = operation
  return (
    <tr data-testid="operation">
      <th scope="row">
        <Link to={pathOfGraph({ page: 'operations', id })}>{name ?? 'without a name'}</Link>{' '}
        <span className="quiet">{kind}</span>{' '}
        {documentId === null ? (
          <Chip text="sent as a text" tone="warning" />
        ) : (
          <Chip text="trusted" tone="good" />
        )}
      </th>
      <td className="number">{formatCount(requests)}</td>
      <td className="number">{percentWords(errors, requests)}</td>
      <td className="number">{latencyWords(p50Ms)}</td>
      <td className="number">{latencyWords(p95Ms)}</td>
      <td className="number">{latencyWords(p99Ms)}</td>
      <td className="number">{operationKeys.clients(operation)}</td>
      <td className="number">
        <Time at={lastSeenAt} />
      </td>
    </tr>
  )
}
