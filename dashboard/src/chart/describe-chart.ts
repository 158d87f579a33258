import { formatCount, formatRate } from '../words/numbers.ts'
import type { EventTimes } from '../words/times.ts'
import { type Columns, holesOf, latestClosed, peakOf } from './columns.ts'

/** The chart in words, for whoever does not see it. */
export function describeChart(columns: Columns, bucketS: number, times: EventTimes): string {
  const peak = peakOf(columns)
  const latest = columns.entries[latestClosed(columns)]
  const rate = latest === null ? 'not known' : formatRate(latest ?? 0)
  const holes = holesOf(columns, bucketS).map(
    ({ from, to }) => `${times.second(from)} to ${times.second(to)}`,
  )
  return [
    `Chart of people entering: ${rate} at last.`,
    ...(peak ? [`The most were ${formatCount(peak.perMinute)} a minute at ${times.minute(peak.at)}.`] : []),
    ...(holes.length > 0 ? [`Nothing is known of ${holes.join(', and of ')}.`] : []),
    'The table below has the numbers.',
  ].join(' ')
}
