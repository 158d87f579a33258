import type { Histogram, Series } from './histogram.ts'

/** Times of fetches, by subgraph and by whether they came to an answer. */
export class FetchTimes {
  private readonly histogram: Histogram
  private readonly answered = new Map<string, Series>()
  private readonly failed = new Map<string, Series>()

  constructor(histogram: Histogram) {
    this.histogram = histogram
  }

  /** Counts one fetch. */
  observe(subgraph: string, seconds: number, isAnswered: boolean): void {
    const known = isAnswered ? this.answered : this.failed
    let series = known.get(subgraph)
    if (!series) {
      series = this.histogram.series({ subgraph, result: isAnswered ? 'answered' : 'failed' })
      known.set(subgraph, series)
    }
    series.observe(seconds)
  }
}
