import type { ChangeUsage, SchemaChange } from '@headcount/registry-api'
import { Link } from '../../page/link.tsx'
import { formatCount } from '../../words/numbers.ts'
import { pathOfGraph } from '../graph-route.ts'
import { Chip } from '../parts/chip.tsx'
import { Coordinate } from '../parts/coordinate.tsx'
import { Time } from '../parts/time.tsx'
import { clientWords, countOf, LEVELS, verdictWords } from '../parts/words.ts'
import { placeWords } from './findings.tsx'
import { groupChanges } from './group-changes.ts'

/** Differences between two graphs, the worst first; safe ones are folded. */
export function Changes({ changes }: { changes: readonly SchemaChange[] }) {
  if (changes.length === 0) return <p className="quiet">Nothing changes for apps or gateways.</p>
  return groupChanges(changes).map(({ level, changes: group }) => (
    <details key={level} className="changes" open={level !== 'safe'}>
      <summary>
        <Chip {...LEVELS[level]} /> {countOf(group.length, 'change')}
      </summary>
      <ul className="plain-list rows">
        {group.map((change) => (
          <Change
            key={`${change.schema} ${change.subgraph} ${change.code} ${change.coordinate} ${change.message}`}
            change={change}
          />
        ))}
      </ul>
    </details>
  ))
}

function Change({ change }: { change: SchemaChange }) {
  const { code, coordinate, message, reason, schema, subgraph, place, usage, acknowledged } = change
  const verdict = verdictWords(change)
  return (
    <li data-testid="change" data-verdict={change.verdict}>
      <p>
        <span className="code">{code}</span> {coordinate && <Coordinate of={coordinate} />}{' '}
        {verdict && <Chip {...verdict} />}
      </p>
      <p className="sentence">{message}</p>
      {reason && <p className="quiet">{reason}</p>}
      {acknowledged && <p className="quiet">Acknowledged: {acknowledged.reason}</p>}
      <p className="fine-print">
        {schema === 'api' ? 'What apps see' : 'Only what the gateway is told'}
        {subgraph && `, by ${subgraph}`}
        {place && `, ${placeWords(place)}`}
      </p>
      {usage && usage.operations.length > 0 && <WhoIsHit usage={usage} />}
    </li>
  )
}

function WhoIsHit({ usage }: { usage: ChangeUsage }) {
  const { operations, operationCount, requests, percent, lastSeenAt } = usage
  return (
    <div className="who-is-hit">
      <p>
        Breaks {countOf(operationCount, 'operation')}, {countOf(requests, 'request')}
        {percent !== null &&
          ` (${percent < 0.1 && percent > 0 ? '< 0.1' : Number(percent.toFixed(1))} % of all)`}
        {lastSeenAt && (
          <>
            , last asked <Time at={lastSeenAt} />
          </>
        )}
        {operationCount > operations.length && `; the busiest ${operations.length}:`}
      </p>
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
            {operations.flatMap(({ id, name, source, clients }) =>
              clients.map((client) => (
                <tr key={`${id} ${source} ${client.name} ${client.version}`}>
                  <th scope="row">
                    {source === 'traffic' ? (
                      <Link to={pathOfGraph({ page: 'operations', id })}>{name ?? 'without a name'}</Link>
                    ) : (
                      <>
                        {name ?? 'without a name'} <Chip text="published" tone="quiet" />
                      </>
                    )}
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
    </div>
  )
}
