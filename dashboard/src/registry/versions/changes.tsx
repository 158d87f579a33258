import type { SchemaChange } from '@headcount/registry-api'
import { Chip } from '../parts/chip.tsx'
import { Coordinate } from '../parts/coordinate.tsx'
import { countOf, LEVELS, verdictWords } from '../parts/words.ts'
import { placeWords } from './findings.tsx'
import { groupChanges } from './group-changes.ts'
import { WhoIsHit } from './who-is-hit.tsx'

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
