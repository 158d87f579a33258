/** Random choices that follow from a seed alone. */
export interface Random {
  /** From 0 to `end` - 1. */
  int(end: number): number
  /** From `from` to `to`, both included. */
  between(from: number, to: number): number
  chance(probability: number): boolean
  pick<T>(items: readonly T[]): T
  /** `count` different items, or all when there are fewer; in their order. */
  some<T>(items: readonly T[], count: number): T[]
}

/** Stirs two numbers into one of 32 bits (the finaliser of MurmurHash3). */
export function mix(a: number, b: number): number {
  let hash = Math.imul(a ^ Math.imul(b, 0x9e3779b1), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  hash ^= hash >>> 16
  hash = Math.imul(hash, 0x7feb352d)
  return (hash ^ (hash >>> 15)) >>> 0
}

/** A number of 32 bits for a text (FNV-1a, stirred). */
export function hashText(seed: number, text: string): number {
  let hash = 0x811c9dc5 ^ seed
  for (let index = 0; index < text.length; index++) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193)
  }
  return mix(hash, seed)
}

/** Whether a number of 32 bits falls into a share of them. */
export function isWithin(hash: number, probability: number): boolean {
  return hash < probability * 0x1_0000_0000
}

export function random(seed: number): Random {
  let state = seed >>> 0
  let count = 0
  const next = () => {
    count = (count + 1) | 0
    state = mix(state, count)
    return state
  }
  const int = (end: number) => Math.floor((next() / 0x1_0000_0000) * end)
  return {
    int,
    between: (from, to) => from + int(to - from + 1),
    chance: (probability) => isWithin(next(), probability),
    pick(items) {
      const item = items[int(items.length)]
      if (item === undefined) throw new Error('Nothing to pick from.')
      return item
    },
    some(items, count) {
      const places = items.map((_, index) => index)
      while (places.length > count) places.splice(int(places.length), 1)
      return items.filter((_, index) => places.includes(index))
    },
  }
}
