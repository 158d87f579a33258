const FIRST_MS = 400
const MOST_MS = 15_000

/**
 * How long to wait before attempt `attempt` (0 = the first retry): doubles from 0.4 s to 15 s, and is drawn from
 * its upper half, so that a thousand dashboards do not come back at the same moment.
 */
export function backOffMs(attempt: number, random: () => number): number {
  const ceiling = Math.min(MOST_MS, FIRST_MS * 2 ** Math.min(attempt, 10))
  return ceiling / 2 + (random() * ceiling) / 2
}
