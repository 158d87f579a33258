import { defaultLimits } from '../../gateway/src/limits.ts'
import type { StartedGateway } from '../gateway/start-gateway.ts'
import { median } from '../load/percentile.ts'
import { ask, TookTooLong } from './ask.ts'
import type { GraphSize } from './graphs.ts'

/** How long an operation that a gateway has never seen takes more than the same once more, in milliseconds. */
export interface Planning {
  readonly operations: number
  readonly medianMs: number
  readonly slowestMs: number
  /** A whole request of a known operation. */
  readonly knownMs: number
  /** Whether the gateway gave up on the last operation. */
  readonly isGivenUp: boolean
}

const OPERATIONS = 30

/** Time after which the gateway gives a request up. */
export const GIVEN_UP_MS = defaultLimits.requestMs

/** Requests one at a time, each of another operation over several subgraphs, as many as the time allows, at most 30. */
export async function planningOf(
  { address }: Pick<StartedGateway, 'address'>,
  { types }: GraphSize,
  limitMs: number,
): Promise<Planning> {
  const more: number[] = []
  const known: number[] = []
  const until = performance.now() + limitMs
  const timed = async (query: string) => {
    const startedAt = performance.now()
    await ask(`${address}/graphql`, query)
    return performance.now() - startedAt
  }
  const found = (isGivenUp: boolean): Planning => ({
    operations: more.length,
    medianMs: median(more),
    slowestMs: Math.max(...more),
    knownMs: median(known),
    isGivenUp,
  })
  for (let index = 0; index < OPERATIONS && (index === 0 || performance.now() < until); index++) {
    // The last types have none after them.
    const type = index % (types - 2)
    const query = `{ t${type}(id: "1") { own${index}: name extra next { name extra next { text extra } } } }`
    try {
      const freshMs = await timed(query)
      const knownMs = await timed(query)
      known.push(knownMs)
      more.push(freshMs - knownMs)
    } catch (error) {
      if (error instanceof TookTooLong) return found(true)
      throw error
    }
  }
  return found(false)
}
