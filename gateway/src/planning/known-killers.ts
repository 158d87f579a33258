import { hash } from 'node:crypto'
import { LRUCache } from 'lru-cache'
import type { PlanRequest } from './planning-messages.ts'

/** So many are remembered; the longest unseen go first. */
const kept = 1_000

/** Operations that ended the host of a planner, which must not see them again. */
export class KnownKillers {
  readonly #seen = new LRUCache<string, true>({ max: kept })

  has(request: PlanRequest): boolean {
    return this.#seen.has(keyOf(request))
  }

  add(request: PlanRequest): void {
    this.#seen.set(keyOf(request), true)
  }
}

/** A digest: the operations themselves may be long. */
function keyOf({ document, overrideLabels, overridePercentage }: PlanRequest): string {
  return hash('sha256', JSON.stringify([document, overrideLabels, overridePercentage]), 'base64')
}
