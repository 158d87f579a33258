import type { OperationUsageDetail } from '@headcount/registry-api'
import { Plot } from '../../chart/plot.tsx'
import { useThemeKey } from '../../page/use-theme-key.ts'
import { formatCount } from '../../words/numbers.ts'
import { localTimes } from '../parts/when.ts'
import { latencyWords } from '../parts/words.ts'
import { type SeriesRows, seriesRows } from './series-rows.ts'

const REQUESTS = [{ colour: '--gate-1' }, { colour: '--fill-critical' }] as const
const LATENCY = [{ colour: '--gate-3' }] as const
const NONE = [] as const

interface SeriesPlotsProps {
  series: OperationUsageDetail['series']
  bucketS: number
}

/** Requests with their errors, and below them how long they took; and both as a table. */
export function SeriesPlots({ series, bucketS }: SeriesPlotsProps) {
  const rows = seriesRows(series, bucketS)
  const theme = useThemeKey()
  const [from] = rows.times
  const last = rows.times.at(-1)
  if (from === undefined || last === undefined)
    return <p className="quiet">Nothing was asked in these days.</p>
  const common = {
    ...{ from, to: last + bucketS, bucketS, times: localTimes, theme },
    ...{ lines: NONE, holes: NONE, onCursor: () => {} },
  }
  const per = bucketS === 3600 ? 'an hour' : 'a day'
  return (
    <>
      <figure className="series">
        <figcaption>
          <span className="swatch" style={{ background: 'var(--gate-1)' }} /> Requests {per}, of these{' '}
          <span className="swatch" style={{ background: 'var(--fill-critical)' }} /> with errors
        </figcaption>
        <div className="plot-frame" aria-hidden="true">
          <Plot {...common} columns={REQUESTS} data={[rows.times, rows.requests, rows.errors]} />
        </div>
      </figure>
      <figure className="series">
        <figcaption>
          <span className="swatch" style={{ background: 'var(--gate-3)' }} /> p95 in milliseconds
        </figcaption>
        <div className="plot-frame" aria-hidden="true">
          <Plot {...common} columns={LATENCY} data={[rows.times, rows.p95Ms]} />
        </div>
      </figure>
      <SeriesTable rows={rows} bucketS={bucketS} />
    </>
  )
}

function SeriesTable({ rows, bucketS }: { rows: SeriesRows; bucketS: number }) {
  const name = bucketS === 3600 ? localTimes.dayAndMinute : localTimes.day
  return (
    <details>
      <summary>As a table</summary>
      <div className="table-scroll">
        <table>
          <thead>
            <tr>
              <th scope="col">From</th>
              <th scope="col" className="number">
                Requests
              </th>
              <th scope="col" className="number">
                With errors
              </th>
              <th scope="col" className="number">
                p95
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.times.map((time, index) => (
              <tr key={time}>
                <th scope="row">{name(time * 1000)}</th>
                <td className="number">{formatCount(rows.requests[index] ?? 0)}</td>
                <td className="number">{formatCount(rows.errors[index] ?? 0)}</td>
                <td className="number">{latencyWords(rows.p95Ms[index] ?? null)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  )
}
