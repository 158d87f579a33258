import { expect, test } from 'vitest'
import { scaleOf } from './axis.ts'
import { type Plot, svgOf } from './plot.ts'

const plot: Plot = {
  title: 'Cost & size',
  x: { label: 'size, KB' },
  y: { label: 'time, µs' },
  series: [
    {
      name: 'one <fetch>',
      points: [
        [1, 100],
        [1000, 350],
      ],
    },
    {
      name: 'two',
      points: [
        [1, 200],
        [1000, 390],
      ],
    },
  ],
}

/** Where the dots of a line are. */
const dotsOf = (svg: string, index: number) =>
  [...svg.matchAll(new RegExp(`<circle class="s${index}" cx="([\\d.]+)" cy="([\\d.]+)"`, 'g'))].map(
    ([, x, y]) => [Number(x), Number(y)] as const,
  )

test('a plain axis starts at zero and ends above the largest value, by round steps', () => {
  const { ticks, place } = scaleOf({ label: '' }, [130, 350])
  expect(ticks.map(({ text }) => text)).toEqual(['0', '100', '200', '300', '400'])
  expect([place(0), place(100), place(400)]).toEqual([0, 0.25, 1])
})

test('small values have an axis of small steps, and none at all has one too', () => {
  expect(scaleOf({ label: '' }, [0.25]).ticks.map(({ text }) => text)).toEqual([
    ...['0', '0.05', '0.1', '0.15', '0.2', '0.25'],
  ])
  expect(scaleOf({ label: '' }, [0]).ticks.length).toBeGreaterThan(1)
})

test('names stand in the middle of their parts of the axis', () => {
  const { ticks, place } = scaleOf({ label: '', names: ['a', 'b'] }, [0, 1])
  expect(ticks).toEqual([
    { value: 0, text: 'a' },
    { value: 1, text: 'b' },
  ])
  expect([place(0), place(1)]).toEqual([0.25, 0.75])
})

test('larger values are further right and further up, inside the image', () => {
  const [first, last] = dotsOf(svgOf(plot), 0)
  const [other] = dotsOf(svgOf(plot), 1)
  expect(last?.[0]).toBeGreaterThan(first?.[0] ?? Number.NaN)
  expect(last?.[1]).toBeLessThan(first?.[1] ?? Number.NaN)
  expect(other?.[1]).toBeLessThan(first?.[1] ?? Number.NaN)
  for (const [x, y] of dotsOf(svgOf(plot), 0)) {
    expect(x).toBeGreaterThan(0)
    expect(x).toBeLessThan(720)
    expect(y).toBeGreaterThan(0)
    expect(y).toBeLessThan(400)
  }
})

test('title, both axes with their units and a legend are there, as text that is no markup', () => {
  const svg = svgOf(plot)
  for (const text of ['Cost &#38; size', 'size, KB', 'time, µs', 'one &#60;fetch&#62;', 'two']) {
    expect(svg).toContain(`>${text}</text>`)
  }
  expect(svg).not.toContain('<fetch>')
})

test('it has a ground of its own and colours for dark pages', () => {
  const svg = svgOf(plot)
  expect(svg).toMatch(/<rect class="ground"/)
  expect(svg).toMatch(/@media \(prefers-color-scheme: dark\)/)
})

test('many points are a line without dots', () => {
  const points = Array.from({ length: 100 }, (_, index): [number, number] => [index, index])
  const svg = svgOf({ ...plot, series: [{ name: 'long', points }] })
  expect(dotsOf(svg, 0)).toEqual([])
  expect(svg.match(/ d="M[^h"]*"/)?.[0].split('L')).toHaveLength(100)
})

test('a plot without points, or with more lines than can be told apart, is refused by its name', () => {
  const [line] = plot.series
  const five = Array.from({ length: 5 }, () => line ?? { name: '', points: [] })
  expect(() => svgOf({ ...plot, series: [] })).toThrow('The plot "Cost & size" has no points.')
  expect(() => svgOf({ ...plot, series: five })).toThrow('The plot "Cost & size" has more than four lines.')
})
