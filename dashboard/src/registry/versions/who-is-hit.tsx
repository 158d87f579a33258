import type { BrokenOperation, ChangeUsage } from '@headcount/registry-api'
import { useState } from 'react'
import { Link } from '../../page/link.tsx'
import { formatCount } from '../../words/numbers.ts'
import { pathOfGraph } from '../graph-route.ts'
import { Chip } from '../parts/chip.tsx'
import { Time } from '../parts/time.tsx'
import { clientWords, countOf } from '../parts/words.ts'

/** Operations that are shown at first; the busiest. */
const SHOWN_FIRST = 5

/** The operations that a change breaks, and the clients that ask them. */
export function WhoIsHit({ usage }: { usage: ChangeUsage }) {
  const { operations, operationCount, requests, percent, lastSeenAt } = usage
  const [isWhole, setWhole] = useState(false)
  return (
    <div className="who-is-hit">
      <p>
        Breaks {countOf(operationCount, 'operation')}, {countOf(requests, 'request')}
        {percent !== null && ` (${shareWords(percent)} of all)`}
        {lastSeenAt && (
          <>
            , last asked <Time at={lastSeenAt} />
          </>
        )}
      </p>
      <HitTable operations={isWhole ? operations : operations.slice(0, SHOWN_FIRST)} />
      {!isWhole && operations.length > SHOWN_FIRST && (
        <button type="button" className="button" onClick={() => setWhole(true)}>
          Show {operations.length - SHOWN_FIRST} more
        </button>
      )}
      {isWhole && operationCount > operations.length && (
        <p className="quiet">and {operationCount - operations.length} less busy ones</p>
      )}
    </div>
  )
}

/** Of 0 to 100, as the registry counts it. */
function shareWords(percent: number): string {
  return percent > 0 && percent < 0.1 ? '< 0.1 %' : `${Number(percent.toFixed(1))} %`
}

function HitTable({ operations }: { operations: readonly BrokenOperation[] }) {
  return (
    <div className="table-scroll-x">
      <table>
        <thead>
          <tr>
            <th scope="col">Operation</th>
            <th scope="col">Client</th>
            <th scope="col" className="number">
              Requests
            </th>
            <th scope="col">Last asked</th>
          </tr>
        </thead>
        <tbody>
          {operations.flatMap((operation) =>
            operation.clients.map((client) => (
              <tr key={`${operation.id} ${operation.source} ${client.name} ${client.version}`}>
                <th scope="row">
                  <OperationName operation={operation} />
                </th>
                <td>{clientWords(client)}</td>
                <td className="number">{formatCount(client.requests)}</td>
                <td>{client.lastSeenAt ? <Time at={client.lastSeenAt} /> : 'never'}</td>
              </tr>
            )),
          )}
        </tbody>
      </table>
    </div>
  )
}

/** Only what was asked has a page of its own. */
function OperationName({ operation: { id, name, source } }: { operation: BrokenOperation }) {
  const words = name ?? 'without a name'
  if (source === 'traffic') return <Link to={pathOfGraph({ page: 'operations', id })}>{words}</Link>
  return (
    <>
      {words} <Chip text="published" tone="quiet" />
    </>
  )
}
