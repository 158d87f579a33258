import type uPlot from 'uplot'
import { formatCount } from '../words/numbers.ts'
import type { EventTimes } from '../words/times.ts'
import { drawHoles } from './draw-holes.ts'

/** The parts of uPlot's constructor that are called here. */
export type UPlot = typeof uPlot

export interface PlotLook {
  /** Colours by the custom property that they come from. */
  colour: (property: string) => string
  times: EventTimes
  font: string
}

export interface PlotShape {
  /** Filled columns, the tallest first, since each covers the lower part of the one before. */
  columns: readonly { colour: string; isOpen?: boolean }[]
  /** Lines over them. */
  lines: readonly { colour: string }[]
  /** Length of a column in seconds, where columns are few: they are as wide as it, and no time within one is named. */
  bucketS?: number
}

export interface PlotCalls {
  /** From and to, in seconds. */
  range: () => [number, number]
  /** Stretches to mark as not seen; milliseconds since 1970. */
  holes: () => readonly { from: number; to: number }[]
  onCursor: (index: number | undefined) => void
}

const MOST_BAR_PX = 48
const DAY_S = 86_400
/** Distances of the time axis's marks, in seconds. */
const TICKS_S = [
  10,
  30,
  60,
  120,
  300,
  600,
  900,
  1800,
  3600,
  7200,
  10_800,
  21_600,
  43_200,
  DAY_S,
  2 * DAY_S,
  7 * DAY_S,
]

export function plotOptions(
  plot: UPlot,
  { shape, look, calls }: { shape: PlotShape; look: PlotLook; calls: PlotCalls },
): Omit<uPlot.Options, 'width' | 'height'> {
  const { bars, stepped } = plot.paths
  const mostBarPx = shape.bucketS === undefined ? MOST_BAR_PX : Number.POSITIVE_INFINITY
  const columns = shape.columns.map(({ colour, isOpen }): uPlot.Series => {
    const fill = look.colour(colour)
    return {
      fill: isOpen ? `color-mix(in srgb, ${fill} 45%, transparent)` : fill,
      width: 0,
      points: { show: false },
      ...(bars && { paths: bars({ size: [0.84, mostBarPx], align: 1, radius: 0 }) }),
    }
  })
  const lines = shape.lines.map(
    ({ colour }): uPlot.Series => ({
      stroke: look.colour(colour),
      width: 2,
      points: { show: false },
      ...(stepped && { paths: stepped({ align: 1 }) }),
    }),
  )
  return {
    legend: { show: false },
    padding: [8, 30, 0, 0], // room for half of the last time
    cursor: { y: false, drag: { x: false, y: false }, points: { show: false } },
    tzDate: (seconds) => plot.tzDate(new Date(seconds * 1000), look.times.timeZone),
    scales: {
      x: { time: true, range: calls.range },
      y: { range: (_plot, _least, most) => [0, Math.max(10, (most ?? 0) * 1.08)] },
    },
    axes: axes(look, shape.bucketS ?? 0),
    series: [{}, ...columns, ...lines],
    hooks: {
      drawClear: [(drawn) => drawHoles(drawn, calls.holes(), look.colour('--line-strong'))],
      setCursor: [({ cursor }) => calls.onCursor(cursor.idx ?? undefined)],
    },
  }
}

/** Names for moments that stand at these distances. */
function nameFor([first = 0, second = first + 60]: number[], times: EventTimes): (at: number) => string {
  const stepS = second - first
  const name = stepS < 60 ? times.second : stepS < DAY_S ? times.minute : times.day
  return (at) => name(at * 1000)
}

function axes({ colour, times, font }: PlotLook, leastTickS: number): uPlot.Axis[] {
  const common = { stroke: colour('--quiet'), font, ticks: { show: false } }
  const grid = { stroke: colour('--line'), width: 1 }
  return [
    {
      ...common,
      grid: { show: false },
      space: 52,
      size: 34,
      incrs: TICKS_S.filter((tickS) => tickS >= leastTickS),
      values: (_plot, splits) => splits.map(nameFor(splits, times)),
    },
    { ...common, grid, size: 56, space: 36, values: (_plot, splits) => splits.map(formatCount) },
  ]
}
