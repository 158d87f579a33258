import type { UnusedAnswer } from '@headcount/registry-api'
import { Link } from '../../page/link.tsx'
import { formatCount } from '../../words/numbers.ts'
import { pathOfGraph } from '../graph-route.ts'
import { Time } from '../parts/time.tsx'

/** How much of the API nobody asks for: only as good as the traffic that is recorded. */
export function UnusedCount({ answer }: { answer: UnusedAnswer }) {
  const { since, coordinates } = answer
  if (since === null) {
    return <p className="quiet">No traffic is recorded, so nobody knows what is used.</p>
  }
  const deprecated = coordinates.filter(({ isDeprecated }) => isDeprecated).length
  const published = coordinates.filter(({ isPublished }) => isPublished).length
  return (
    <>
      <p className="graph-number" data-testid="unused-count">
        <Link to={`${pathOfGraph({ page: 'schema' })}#unused`}>{formatCount(coordinates.length)}</Link>
      </p>
      <p>
        elements: {formatCount(deprecated)} deprecated
        {published > 0 && `, ${formatCount(published)} in a published operation`}
      </p>
      <p className="quiet">
        Traffic is recorded since <Time at={since} />
      </p>
    </>
  )
}
