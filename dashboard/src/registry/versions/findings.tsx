import type { CompositionError, CompositionHint, Place } from '@headcount/registry-api'
import { Chip } from '../parts/chip.tsx'

/** Why subgraphs do not compose: code, place, and how it is mended. */
export function CompositionErrors({ errors }: { errors: readonly CompositionError[] }) {
  return (
    <ul className="plain-list rows" data-testid="composition-errors">
      {errors.map((error) => (
        <li key={`${error.code} ${error.message}`}>
          <p>
            <Chip text={error.code} tone="alarm" /> <span className="quiet code">{placeWords(error)}</span>
          </p>
          <p className="sentence">{error.message}</p>
          {error.hint && <p className="quiet">To mend it: {error.hint}</p>}
          {error.related.length > 0 && (
            <p className="fine-print">Also: {error.related.map(placeWords).join('; ')}</p>
          )}
        </li>
      ))}
    </ul>
  )
}

/** Remarks of composition that stop nothing. */
export function Hints({ hints }: { hints: readonly CompositionHint[] }) {
  if (hints.length === 0) return <p className="quiet">None.</p>
  return (
    <ul className="plain-list rows">
      {hints.map(({ code, level, message, places }) => (
        <li key={`${code} ${message}`}>
          <p>
            <Chip text={code} tone={level === 'warning' ? 'warning' : 'quiet'} />{' '}
            <span className="quiet code">{places.map(placeWords).join('; ')}</span>
          </p>
          <p className="sentence">{message}</p>
        </li>
      ))}
    </ul>
  )
}

/** `events.graphql:12:3`, or as much of it as is known. */
export function placeWords({ subgraph, file, line, column }: Partial<Place>): string {
  const where = file ?? subgraph ?? ''
  return [where, line, column].filter((part) => part !== undefined && part !== '').join(':')
}
