/** The smallest value that at least so many percent do not exceed (nearest rank); NaN of nothing. */
export function percentile(sorted: ArrayLike<number>, percent: number): number {
  const rank = Math.ceil((percent / 100) * sorted.length)
  return sorted[Math.max(rank, 1) - 1] ?? Number.NaN
}

/** The median of some runs. */
export function median(values: readonly number[]): number {
  return percentile(
    values.toSorted((a, b) => a - b),
    50,
  )
}

/**
 * The median of the ratios of runs that stood beside each other. What a busy machine takes from one run it mostly takes
 * from its neighbour too; from runs of other rounds it does not.
 */
export function medianRatio(values: readonly number[], beside: readonly number[]): number {
  return median(values.map((value, round) => value / (beside[round] ?? Number.NaN)))
}
