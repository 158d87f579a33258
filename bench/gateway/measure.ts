import type { Answered } from '../http/serve-answers.ts'
import type { Load } from '../load/closed-loop.ts'
import type { HttpLoad } from '../load/http-load.ts'
import { otherCoreTimes } from '../processes/core.ts'
import type { Usage } from '../processes/message.ts'
import type { Child } from '../processes/start-child.ts'
import { type QueryName, queries } from './graph/queries.ts'
import type { Options } from './read-options.ts'

import type { Started } from './start.ts'

/** One run of one query on one candidate. */
export interface Run extends Load {
  readonly started: Started
  readonly query: QueryName
  /** Time on a core of the candidate, in microseconds. */
  readonly cpuMicros: number
  /** Part of a core that the candidate used. */
  readonly busy: number
  /** Part of a core that the responder used. */
  readonly responderBusy: number
  /** Part of the time that the core of load and responder was not idle. */
  readonly otherCoreBusy: number
  readonly fetches: number
  readonly misses: number
}

/** Who takes part. */
export interface Parts {
  readonly started: readonly Started[]
  readonly responder: Child
  readonly load: HttpLoad
  readonly options: Options
}

interface Marks {
  readonly at: number
  readonly own: Usage
  readonly responder: Usage
  readonly answered: Answered
  readonly core: ReturnType<typeof otherCoreTimes>
}

async function mark({ program }: Started, responder: Child): Promise<Marks> {
  const [responderUsage, answered] = await Promise.all([
    responder.ask<Usage>('usage'),
    responder.ask<Answered>('counts'),
  ])
  return {
    at: performance.now(),
    own: program.usage(),
    responder: responderUsage,
    answered,
    core: otherCoreTimes(),
  }
}

function used(before: Marks, after: Marks) {
  const micros = (after.at - before.at) * 1000
  const busyMs = after.core.busyMs - before.core.busyMs
  const idleMs = after.core.idleMs - before.core.idleMs
  const cpuMicros = after.own.cpuMicros - before.own.cpuMicros
  return {
    cpuMicros,
    busy: cpuMicros / micros,
    responderBusy: (after.responder.cpuMicros - before.responder.cpuMicros) / micros,
    otherCoreBusy: busyMs / (busyMs + idleMs),
    fetches: after.answered.requests - before.answered.requests,
    misses: after.answered.misses - before.answered.misses,
  }
}

/** All runs of these queries, candidates by turns within a round; the first round warms up and is thrown away. */
export async function measure(parts: Parts, names: readonly QueryName[]): Promise<Run[]> {
  const { started, responder, load, options } = parts
  const { connections, rounds } = options
  const runs: Run[] = []
  for (const query of names) {
    for (let round = 0; round <= rounds; round++) {
      const seconds = round === 0 ? options.warmUpSeconds : options.seconds
      for (const one of started) {
        const before = await mark(one, responder)
        const run = { url: one.urlOf(query), body: queries[query].body, connections, seconds }
        const result = await one.program.during(load(run))
        const after = await mark(one, responder)
        if (round > 0) runs.push({ ...result, started: one, query, ...used(before, after) })
        tell(`${query} round ${round}`, one, result)
      }
    }
  }
  return runs
}

/** A long run shows that it goes on. */
function tell(when: string, { name, isDeduplicating }: Started, { answered, seconds }: Load): void {
  const rate = Math.round(answered / seconds)
  process.stderr.write(`${when}: ${name}${isDeduplicating ? ', de-duplicating' : ''} ${rate}/s\n`)
}
