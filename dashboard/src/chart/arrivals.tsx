import { memo, useEffect, useMemo, useRef, useState } from 'react'
import type { Occupancy } from '../live/occupancy.ts'
import { useParts } from '../page/parts.ts'
import { useNow } from '../page/use-now.ts'
import { useThemeKey } from '../page/use-theme-key.ts'
import { type EventTimes, eventTimes } from '../words/times.ts'
import { ArrivalsTable } from './arrivals-table.tsx'
import { type ChartRange, RANGES } from './bucket.ts'
import { Choice } from './choice.tsx'
import { type Columns, holesOf, latestClosed, stack, toColumns } from './columns.ts'
import { describeChart } from './describe-chart.ts'
import { Legend } from './legend.tsx'
import { Observed } from './observed.ts'
import { Plot } from './plot.tsx'
import { ENTRIES_COLOUR, EXITS_COLOUR, gateSeries, type Series } from './series.ts'
import { type ChartedEvent, spanOf, useIngress } from './use-ingress.ts'

interface ArrivalsProps {
  event: ChartedEvent & { timeZone: string }
  occupancy: Occupancy | undefined
}

/** Just after doors the time to come is left empty: three bars over the whole width say nothing. */
const FEWEST_BUCKETS = 24

const STEP_MS = 2000

type Split = 'total' | 'gates'

/** People a minute over time: what analytics recorded, extended by what this page has seen since. */
export const Arrivals = memo(function Arrivals({ event, occupancy }: ArrivalsProps) {
  useNow(STEP_MS) // a hole grows although nothing comes
  const { measuredClock } = useParts()
  const [range, setRange] = useState<ChartRange>('all')
  const [split, setSplit] = useState<Split>('total')
  const record = useIngress(event, range)
  const observed = useObserved(occupancy)
  const times = useMemo(() => eventTimes(event.timeZone), [event.timeZone])
  const gates = occupancy?.gates.map(({ gate }) => gate) ?? []
  const span = spanOf(event, record, measuredClock.serverNow())
  const { buckets, settledUntil } = record
  const source = { record: buckets ?? [], observed, gateIds: gates.map(({ id }) => id), settledUntil }
  // A new bucket length is drawn once its record has come.
  const shown = record.bucketS > 0 ? { ...span, bucketS: record.bucketS } : span
  const columns = toColumns(source, shown)
  const series = split === 'gates' ? gateSeries(gates, columns) : undefined
  const isEmpty = ![...columns.entries, ...columns.exits].some((value) => value !== 0)

  return (
    <section className="card arrivals" aria-labelledby="arrivals-title" data-testid="arrivals">
      <div className="card-head">
        <h2 id="arrivals-title">
          Arrivals <small className="quiet">people a minute, {times.zoneName(span.to)}</small>
        </h2>
        <Choice label="Split" value={split} onChoose={setSplit} options={SPLITS} />
        <Choice label="Time" value={range} onChoose={setRange} options={RANGE_OPTIONS} />
      </div>
      {record.problem === 'forbidden' ? (
        <p className="quiet">Your role may not see arrivals over time.</p>
      ) : !record.buckets ? (
        <p className="quiet">
          {record.problem ? 'Analytics does not answer. This page keeps trying.' : 'Loading…'}
        </p>
      ) : isEmpty ? (
        <p className="quiet">Nobody has come in this time. Arrivals appear here as soon as somebody does.</p>
      ) : (
        <Chart columns={columns} bucketS={shown.bucketS} series={series} times={times} />
      )}
      {record.buckets && record.problem && (
        <p className="fine-print">Analytics does not answer: the past may lack something.</p>
      )}
    </section>
  )
})

const SPLITS = [
  { value: 'total', text: 'Total' },
  { value: 'gates', text: 'By gate' },
] as const
const RANGE_OPTIONS = RANGES.map(({ range, text }) => ({ value: range, text }))

interface ChartProps {
  columns: Columns
  bucketS: number
  series: readonly Series[] | undefined
  times: EventTimes
}

function Chart({ columns, bucketS, series, times }: ChartProps) {
  const theme = useThemeKey()
  const [cursor, setCursor] = useState<number>()
  const seconds = columns.times.map((at) => at / 1000)
  const { data, shape } = series ? gateData(columns, series) : totalData(columns)
  const index = cursor ?? latestClosed(columns)
  return (
    <>
      <Legend columns={columns} series={series} index={index} bucketS={bucketS} times={times} />
      <div className="plot-frame" role="img" aria-label={describeChart(columns, bucketS, times)}>
        <Plot
          {...shape}
          data={[seconds, ...data]}
          holes={holesOf(columns, bucketS)}
          from={seconds[0] ?? 0}
          to={(seconds[0] ?? 0) + Math.max(seconds.length, FEWEST_BUCKETS) * bucketS}
          times={times}
          theme={theme}
          onCursor={setCursor}
        />
      </div>
      <ArrivalsTable columns={columns} series={series} bucketS={bucketS} times={times} />
    </>
  )
}

function totalData({ times, entries, exits, openFrom }: Columns) {
  const isOpen = times.map((at) => openFrom !== undefined && at >= openFrom)
  return {
    data: [
      entries.map((value, index) => (isOpen[index] ? null : value)),
      entries.map((value, index) => (isOpen[index] ? value : null)),
      exits,
    ],
    shape: {
      columns: [{ colour: ENTRIES_COLOUR }, { colour: ENTRIES_COLOUR, isOpen: true }],
      lines: [{ colour: EXITS_COLOUR }],
    },
  }
}

function gateData({ exits }: Columns, series: readonly Series[]) {
  return {
    data: [...stack(series.map(({ values }) => values)).toReversed(), exits],
    shape: {
      columns: series.map(({ colour }) => ({ colour })).toReversed(),
      lines: [{ colour: EXITS_COLOUR }],
    },
  }
}

function useObserved(occupancy: Occupancy | undefined): Observed {
  const [observed] = useState(() => new Observed())
  const before = useRef<Occupancy>(undefined)
  useEffect(() => {
    if (occupancy) observed.add(before.current, occupancy)
    before.current = occupancy
  }, [observed, occupancy])
  return observed
}
