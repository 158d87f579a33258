import { type Axis, type Scale, scaleOf } from './axis.ts'
import { figure } from './table.ts'

/** A line of a plot. */
export interface Series {
  readonly name: string
  readonly points: readonly (readonly [x: number, y: number])[]
}

/** A plot of at most four lines. */
export interface Plot {
  readonly title: string
  readonly x: Axis
  readonly y: Axis
  readonly series: readonly Series[]
}

const WIDTH = 720
const HEIGHT = 400
const AREA = { left: 76, right: WIDTH - 24, top: 78, bottom: HEIGHT - 62 }
const MOST_DOTS = 60
/** Colours and forms differ both, for those who see no difference of colours. */
const DASHES = ['', '7 4', '2 4', '10 4 2 4']

/** It brings its own ground, so that it is readable on any page; by day and by night as the reader's system says. */
const STYLE = `<style>
  .plot { --ground: #fff; --text: #1f2328; --grid: #d8dee4; --s0: #0550ae; --s1: #bc4c00; --s2: #1a7f37; --s3: #8250df;
    font: 13px system-ui, sans-serif }
  @media (prefers-color-scheme: dark) {
    .plot { --ground: #0d1117; --text: #e6edf3; --grid: #3d444d; --s0: #79c0ff; --s1: #ffa657; --s2: #7ee787; --s3: #d2a8ff }
  }
  .ground { fill: var(--ground) } text { fill: var(--text) } .title { font-size: 16px; font-weight: 600 }
  .grid { stroke: var(--grid) } .line { fill: none; stroke-width: 2 }
  ${DASHES.map((_, index) => `.s${index} { stroke: var(--s${index}); fill: var(--s${index}) }`).join(' ')}
</style>`

/** A plot as the text of an SVG image, with a title, axes with their units, and a legend. */
export function svgOf({ title, x, y, series }: Plot): string {
  const points = series.flatMap((one) => one.points)
  if (points.length === 0) throw new Error(`The plot "${title}" has no points.`)
  if (series.length > DASHES.length) throw new Error(`The plot "${title}" has more than four lines.`)
  const valuesAt = (place: 0 | 1) => points.map((point) => point[place])
  const across = scaleOf(x, valuesAt(0))
  const up = scaleOf(y, valuesAt(1))
  const parts = [
    `<svg xmlns="http://www.w3.org/2000/svg" class="plot" viewBox="0 0 ${WIDTH} ${HEIGHT}" width="${WIDTH}" height="${HEIGHT}" role="img">`,
    `<title>${escaped(title)}</title>`,
    STYLE,
    `<rect class="ground" width="${WIDTH}" height="${HEIGHT}" rx="6"/>`,
    textAt({ x: AREA.left, y: 28, text: title, more: 'class="title"' }),
    legendOf(series),
    ...across.ticks.map((tick) => tickBelow(across, tick)),
    ...up.ticks.map((tick) => tickBeside(up, tick)),
    textAt({ x: middle(AREA.left, AREA.right), y: HEIGHT - 14, text: x.label, more: CENTRED }),
    textAt({
      x: 0,
      y: 0,
      text: y.label,
      more: `${CENTRED} transform="translate(18 ${middle(AREA.top, AREA.bottom)}) rotate(-90)"`,
    }),
    ...series.map((one, index) => lineOf(one, index, { across, up })),
    '</svg>',
  ]
  return `${parts.join('\n')}\n`
}

const CENTRED = 'text-anchor="middle"'
const middle = (from: number, to: number) => (from + to) / 2
const escaped = (text: string) => text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`)
const xOf = (scale: Scale, value: number) =>
  rounded(AREA.left + scale.place(value) * (AREA.right - AREA.left))
const yOf = (scale: Scale, value: number) =>
  rounded(AREA.bottom - scale.place(value) * (AREA.bottom - AREA.top))
const rounded = (pixels: number) => Number(pixels.toFixed(1))

function textAt({ x, y, text, more = '' }: { x: number; y: number; text: string; more?: string }): string {
  return `<text x="${x}" y="${y}" ${more}>${escaped(text)}</text>`
}

function tickBelow(scale: Scale, { value, text }: Scale['ticks'][number]): string {
  const x = xOf(scale, value)
  const line = `<line class="grid" x1="${x}" y1="${AREA.top}" x2="${x}" y2="${AREA.bottom}"/>`
  return line + textAt({ x, y: AREA.bottom + 20, text, more: CENTRED })
}

function tickBeside(scale: Scale, { value, text }: Scale['ticks'][number]): string {
  const y = yOf(scale, value)
  const line = `<line class="grid" x1="${AREA.left}" y1="${y}" x2="${AREA.right}" y2="${y}"/>`
  return line + textAt({ x: AREA.left - 8, y: y + 4, text, more: 'text-anchor="end"' })
}

function legendOf(series: readonly Series[]): string {
  const step = (AREA.right - AREA.left) / Math.max(series.length, 2)
  return series
    .map(({ name }, index) => {
      const x = AREA.left + index * step
      const line = `<path class="line s${index}" stroke-dasharray="${DASHES[index]}" d="M${x} 52h28"/>`
      return line + textAt({ x: x + 36, y: 56, text: name })
    })
    .join('\n')
}

/** The dots say their values to who points at them; where they would run into each other there are none. */
function lineOf(
  { name, points }: Series,
  index: number,
  { across, up }: { readonly across: Scale; readonly up: Scale },
): string {
  const placed = points.map(([x, y]) => ({ x: xOf(across, x), y: yOf(up, y), value: y }))
  const path = placed.map(({ x, y }, at) => `${at === 0 ? 'M' : 'L'}${x} ${y}`).join('')
  const dots = (placed.length > MOST_DOTS ? [] : placed).map(
    ({ x, y, value }) =>
      `<circle class="s${index}" cx="${x}" cy="${y}" r="3"><title>${escaped(`${name}: ${figure(value)}`)}</title></circle>`,
  )
  return `<path class="line s${index}" style="fill: none" stroke-dasharray="${DASHES[index]}" d="${path}"/>${dots.join('')}`
}
