import { RegistryProblem } from '../endpoint.ts'

/** Keeps those who try tokens away from the database. */
export interface Misses {
  /** Whether a token was refused before. A secret is random: one that was refused is never given out later. */
  has(hash: string): boolean
  add(hash: string): void
  /** Takes one of the look-ups of tokens that were never seen to be good. @throws RegistryProblem UNAVAILABLE when they are used up */
  spend(): void
}

const kept = 10_000
const burst = 100
const perSecond = 50

/** Remembers 10,000 refused tokens, and lets 50 unknown ones a second be looked up. */
export function createMisses(now: () => Date): Misses {
  const refused = new Set<string>()
  let left = burst
  let filledAt = now().getTime()
  return {
    has: (hash) => refused.has(hash),
    add(hash) {
      refused.add(hash)
      const [oldest] = refused
      if (refused.size > kept && oldest !== undefined) refused.delete(oldest)
    },
    spend() {
      const at = now().getTime()
      left = Math.min(burst, left + (Math.max(0, at - filledAt) / 1000) * perSecond)
      filledAt = at
      if (left < 1) {
        throw new RegistryProblem(
          'UNAVAILABLE',
          'Too many tokens are tried that nobody knows; try again in a second.',
        )
      }
      left -= 1
    },
  }
}
