import type { Occupancy } from '../live/occupancy.ts'
import { useParts } from '../page/parts.ts'
import { formatCount } from '../words/numbers.ts'
import { eventTimes } from '../words/times.ts'
import type { EventFacts } from './use-event-at-address.ts'

/** Where the number stands in the ledger, for whoever compares it with another source. */
export function Details({ event, occupancy }: { event: EventFacts; occupancy: Occupancy | undefined }) {
  const { measuredClock } = useParts()
  if (!occupancy) return <p className="fine-print">Waiting for the first number.</p>
  const times = eventTimes(event.timeZone)
  const asOf = Date.parse(occupancy.asOf)
  return (
    <p className="fine-print" data-testid="details">
      Ledger row <span data-testid="seq">{formatCount(occupancy.seq)}</span> · as of {times.second(asOf)}{' '}
      {times.zoneName(asOf)} · {describeOffset(measuredClock.offset())}
    </p>
  )
}

function describeOffset(offsetMs: number): string {
  const seconds = Math.abs(offsetMs) / 1000
  if (seconds < 1) return "this device's clock is right to a second"
  const amount = seconds < 120 ? `${Math.round(seconds)} s` : `${Math.round(seconds / 60)} min`
  return `this device's clock is ${amount} ${offsetMs > 0 ? 'fast' : 'slow'}, ages are by the server's`
}
