import type { Histogram, Series } from './histogram.ts'

/** Of so many requests one is timed: a clock that is read before and after each of twenty steps costs a microsecond. */
const every = 16

/** Times of the steps of requests. */
export class StageTimes {
  private readonly histogram: Histogram
  private readonly known = new Map<string, Series>()
  private since = every - 1

  constructor(histogram: Histogram) {
    this.histogram = histogram
  }

  /** Whether the request that begins is one that is timed: the first, and then every sixteenth. */
  isTurn(): boolean {
    this.since += 1
    if (this.since < every) return false
    this.since = 0
    return true
  }

  /** Counts one run of a step. */
  observe(stage: string, milliseconds: number): void {
    let series = this.known.get(stage)
    if (!series) {
      series = this.histogram.series({ stage })
      this.known.set(stage, series)
    }
    series.observe(milliseconds / 1000)
  }
}
