/** Numbers that look random and are the same in each run with the same seed. */
export interface SeededRandom {
  /** A whole number from 0 to `limit` - 1. */
  below(limit: number): number
  /** A whole number from `least` to `most`. */
  between(least: number, most: number): number
  /** True with this probability. */
  chance(probability: number): boolean
  /** One of them; undefined of none. */
  pick<T>(items: readonly T[]): T | undefined
  /** All of them in another order. */
  shuffled<T>(items: readonly T[]): T[]
}

/** Makes numbers of a seed. Mulberry32: https://github.com/bryc/code/blob/master/jshash/PRNGs.md#mulberry32 */
export function seededRandom(seed: number): SeededRandom {
  let state = seed >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const below = (limit: number) => Math.floor(next() * limit)
  return {
    below,
    between: (least, most) => least + below(most - least + 1),
    chance: (probability) => next() < probability,
    pick: (items) => items[below(items.length)],
    shuffled<T>(items: readonly T[]) {
      const order = [...items]
      for (let index = order.length - 1; index > 0; index--) {
        const other = below(index + 1)
        ;[order[index], order[other]] = [order[other] as T, order[index] as T]
      }
      return order
    },
  }
}
