import { useEffect, useRef } from 'react'
import uPlot from 'uplot'
import 'uplot/dist/uPlot.min.css'
import type { EventTimes } from '../words/times.ts'
import { type PlotShape, plotOptions } from './plot-options.ts'

export interface PlotProps extends PlotShape {
  /** Start of each bucket in seconds, then one row of values for each column and line. */
  data: readonly (readonly (number | null)[])[]
  /** In seconds. */
  from: number
  to: number
  /** Stretches that nobody saw; milliseconds since 1970. */
  holes: readonly { from: number; to: number }[]
  times: EventTimes
  /** Changes with the colours. */
  theme: string
  onCursor: (index: number | undefined) => void
}

/** uPlot in React: made anew when its shape or the colours change, else only fed. */
export function Plot({ data, from, to, holes, times, theme, onCursor, ...shape }: PlotProps) {
  const host = useRef<HTMLDivElement>(null)
  const plot = useRef<uPlot>(undefined)
  const latest = useRef({
    data,
    range: [from, to] as [number, number],
    holes,
    onCursor,
    times,
    shape,
  })
  latest.current = { data, range: [from, to], holes, onCursor, times, shape }
  const shapeKey = JSON.stringify([shape, theme, times.timeZone])

  // biome-ignore lint/correctness/useExhaustiveDependencies: the key stands for shape, colours and time zone
  useEffect(() => {
    const element = host.current
    if (!element) return
    const options = plotOptions(uPlot, {
      shape: latest.current.shape,
      look: {
        times: latest.current.times,
        colour: (property) => resolveColour(element, property),
        font: fontOf(element),
      },
      calls: {
        range: () => latest.current.range,
        holes: () => latest.current.holes,
        onCursor: (index) => latest.current.onCursor(index),
      },
    })
    const made = new uPlot({ ...options, ...sizeOf(element) }, aligned(latest.current.data), element)
    plot.current = made
    const observer = new ResizeObserver(() => made.setSize(sizeOf(element)))
    observer.observe(element)
    return () => {
      observer.disconnect()
      made.destroy()
      plot.current = undefined
    }
  }, [shapeKey])

  useEffect(() => plot.current?.setData(aligned(data)), [data])

  return <div className="plot" ref={host} />
}

/** uPlot's type wants arrays that may be written to; it does not write. */
function aligned(data: PlotProps['data']): uPlot.AlignedData {
  return data as uPlot.AlignedData
}

function sizeOf({ clientWidth, clientHeight }: HTMLElement): { width: number; height: number } {
  return { width: Math.max(160, clientWidth), height: Math.max(120, clientHeight) }
}

function fontOf(element: HTMLElement): string {
  const { fontSize, fontFamily } = getComputedStyle(element)
  return `${fontSize} ${fontFamily}`
}

/** A canvas knows no custom properties and no light-dark(): the browser resolves them on an element. */
function resolveColour(host: HTMLElement, property: string): string {
  const probe = document.createElement('span')
  probe.style.color = `var(${property})`
  host.append(probe)
  const { color } = getComputedStyle(probe)
  probe.remove()
  return color
}
