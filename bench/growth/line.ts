/** A straight line through points. */
export interface Line {
  /** Its height at 0. */
  readonly start: number
  readonly slope: number
  /** How far the farthest point is from it, as a part of that point's height. */
  readonly farthest: number
}

type Point = readonly [x: number, y: number]

/**
 * The line that is nearest to all points by the square of their distance as a part of their height: what a small answer
 * costs counts as much as what a large one does.
 */
export function lineThrough(points: readonly Point[]): Line {
  const weighed = (value: (point: Point) => number) =>
    points.reduce((sum, point) => sum + value(point) / point[1] ** 2, 0)
  const weight = weighed(() => 1)
  const meanX = weighed(([x]) => x) / weight
  const meanY = weighed(([, y]) => y) / weight
  const slope = weighed(([x, y]) => (x - meanX) * (y - meanY)) / weighed(([x]) => (x - meanX) ** 2)
  const start = meanY - slope * meanX
  const farthest = Math.max(...points.map(([x, y]) => Math.abs(start + slope * x - y) / y))
  return { start, slope, farthest }
}
