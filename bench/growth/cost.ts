import { setTimeout as sleep } from 'node:timers/promises'
import type { StartedGateway } from '../gateway/start-gateway.ts'
import type { HttpLoad } from '../load/http-load.ts'
import { median } from '../load/percentile.ts'
import { bodyOf } from './ask.ts'
import type { Options } from './read-options.ts'

/** What a request costs. */
export interface Cost {
  readonly perSecond: number
  readonly cpuMicros: number
  readonly p99Ms: number
}

/** A query on a gateway. */
export interface Subject {
  readonly gateway: StartedGateway
  readonly query: string
}

const SETTLE_MS = 100

/** The cost of each query, medians of some rounds, by turns; the first round warms up. */
export async function costsOf<Key>(
  subjects: ReadonlyMap<Key, Subject>,
  load: HttpLoad,
  options: Options,
): Promise<Map<Key, Cost>> {
  const found = new Map<Key, Cost[]>()
  for (let round = 0; round <= options.rounds; round++) {
    for (const [key, subject] of subjects) {
      const cost = await costOf(subject, load, options)
      if (round > 0) found.set(key, [...(found.get(key) ?? []), cost])
    }
  }
  const middle = (costs: readonly Cost[], value: (cost: Cost) => number) => median(costs.map(value))
  return new Map(
    [...found].map(([key, costs]) => [
      key,
      {
        perSecond: middle(costs, ({ perSecond }) => perSecond),
        cpuMicros: middle(costs, ({ cpuMicros }) => cpuMicros),
        p99Ms: middle(costs, ({ p99Ms }) => p99Ms),
      },
    ]),
  )
}

async function costOf({ gateway, query }: Subject, load: HttpLoad, options: Options): Promise<Cost> {
  const { program, address } = gateway
  const { connections, seconds } = options
  const before = program.usage()
  const run = { url: `${address}/graphql`, body: bodyOf(query), connections, seconds }
  const result = await program.during(load(run))
  // What the last requests left to do belongs to them.
  await sleep(SETTLE_MS)
  const { cpuMicros } = program.usage()
  return {
    perSecond: result.answered / result.seconds,
    cpuMicros: (cpuMicros - before.cpuMicros) / result.answered,
    p99Ms: result.p99Ms,
  }
}
