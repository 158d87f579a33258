import { formatCount } from '../words/numbers.ts'
import type { EventTimes } from '../words/times.ts'
import type { Columns, PerMinute } from './columns.ts'
import { ENTRIES_COLOUR, EXITS_COLOUR, type Series } from './series.ts'

interface LegendProps {
  columns: Columns
  series: readonly Series[] | undefined
  /** The bucket that is pointed at, else the last one that is over. */
  index: number
  bucketS: number
  times: EventTimes
}

/** What the colours mean, with their values at one moment. */
export function Legend({ columns, series, index, bucketS, times }: LegendProps) {
  const at = columns.times[index]
  const entries = { name: 'Entering', colour: ENTRIES_COLOUR, values: columns.entries }
  const exits = { name: 'Leaving', colour: EXITS_COLOUR, values: columns.exits }
  return (
    <div className="legend" aria-hidden="true">
      {at !== undefined && <span className="legend-time">{bucketName(at, bucketS, times)}</span>}
      {[...(series ?? [entries]), exits].map(({ name, colour, values }) => (
        <span key={colour} className="legend-item">
          <span className="swatch" style={{ background: `var(${colour})` }} />
          {name} <strong>{describeRate(values[index])}</strong>
        </span>
      ))}
      {columns.entries.includes(null) && (
        <span className="legend-item">
          <span className="swatch swatch-hole" />
          No counts
        </span>
      )}
    </div>
  )
}

/** A number, or that there is none. */
export function describeRate(value: PerMinute | undefined): string {
  return value === null ? 'not known' : formatCount(value ?? 0)
}

/** `18:20–18:25`; with the day when a bucket is as long as one. */
export function bucketName(at: number, bucketS: number, times: EventTimes): string {
  const end = at + bucketS * 1000
  if (bucketS >= 86_400) return times.day(at)
  if (bucketS >= 6 * 3600) return `${times.dayAndMinute(at)}–${times.minute(end)}`
  return bucketS < 60
    ? `${times.second(at)}–${times.second(end)}`
    : `${times.minute(at)}–${times.minute(end)}`
}
