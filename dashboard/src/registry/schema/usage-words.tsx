import { Chip } from '../parts/chip.tsx'
import { Time } from '../parts/time.tsx'
import { countOf } from '../parts/words.ts'
import { USAGE_DAYS, type UsageIndex } from './usage-index.ts'

/** Beyond this a list of clients says no more. */
const MOST_CLIENTS = 4

/** Who uses an element: how often, which apps, when last. */
export function UsageWords({ coordinate, usage }: { coordinate: string; usage: UsageIndex }) {
  const used = usage.of(coordinate)
  if (used) {
    const clients = used.clients.map((name) => name || 'without a name')
    const more = clients.length - MOST_CLIENTS
    return (
      <p className="fine-print">
        {countOf(used.requests, 'request')} in {USAGE_DAYS} days, by{' '}
        {clients.slice(0, MOST_CLIENTS).join(', ')}
        {more > 0 && ` and ${more} more`}, last <Time at={used.lastSeenAt} />
      </p>
    )
  }
  if (!usage.isUnused(coordinate)) return null
  return (
    <p>
      <Chip text={`Not used in ${USAGE_DAYS} days`} tone="quiet" />
    </p>
  )
}
