import type { StartedGateway } from '../gateway/start-gateway.ts'
import { median } from '../load/percentile.ts'
import { ask } from './ask.ts'
import type { GraphSize } from './graphs.ts'

const OPERATIONS = 30

/** How long a gateway takes for an operation that it has never seen, and for the same once more. */
export interface Planning {
  readonly freshMs: number
  readonly slowestMs: number
  readonly knownMs: number
}

/** One request at a time, each of another operation over several subgraphs. */
export async function planningOf({ address }: StartedGateway, { types }: GraphSize): Promise<Planning> {
  const fresh: number[] = []
  const known: number[] = []
  for (let index = 0; index < OPERATIONS; index++) {
    // The last types have none after them.
    const type = index % (types - 2)
    const query = `{ t${type}(id: "1") { own${index}: name extra next { name extra next { text extra } } } }`
    for (const times of [fresh, known]) {
      const startedAt = performance.now()
      await ask(`${address}/graphql`, query)
      times.push(performance.now() - startedAt)
    }
  }
  return { freshMs: median(fresh), slowestMs: Math.max(...fresh), knownMs: median(known) }
}
