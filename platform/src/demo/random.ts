/** A stream of random numbers in [0, 1) that is the same for the same seed (mulberry32). */
function seededRandom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** Draws from the usual distributions. */
export interface Draws {
  /** True with this probability. */
  chance(probability: number): boolean
  /** A number from `low` to `high`. */
  between(low: number, high: number): number
  /** Waiting time with this mean. */
  exponential(mean: number): number
  /** Normally distributed (Box–Muller). */
  normal(mean: number, deviation: number): number
  /** Triangular, with its peak at `mode`. */
  triangular(low: number, mode: number, high: number): number
  /** An index into the weights, in proportion to them. */
  weighted(weights: readonly number[]): number
}

/** Draws of one seed. */
export function seededDraws(seed: number): Draws {
  const random = seededRandom(seed)
  return {
    chance: (probability) => random() < probability,
    between: (low, high) => low + random() * (high - low),
    exponential: (mean) => -mean * Math.log(1 - random()),
    normal: (mean, deviation) =>
      mean + deviation * Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random()),
    triangular(low, mode, high) {
      const at = random()
      const turn = (mode - low) / (high - low)
      return at < turn
        ? low + Math.sqrt(at * (high - low) * (mode - low))
        : high - Math.sqrt((1 - at) * (high - low) * (high - mode))
    },
    weighted(weights) {
      let rest = random() * weights.reduce((sum, weight) => sum + weight, 0)
      const index = weights.findIndex((weight) => {
        rest -= weight
        return rest < 0
      })
      return Math.max(0, index)
    },
  }
}
