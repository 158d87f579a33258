import type { Send } from './message.ts'

/** One of several addresses of a subgraph. */
export interface Choice {
  readonly weight: number
  readonly send: Send
  /** Whether its health checks are good, or there are none. */
  isHealthy(): boolean
  /** Whether its breaker would let a message through. */
  letsThrough(): boolean
}

/** A choice and how far behind its share it is. */
interface Standing {
  readonly choice: Choice
  readonly index: number
  credit: number
}

/** Smooth weighted round robin: each gets its share, and the heavy ones are not asked several times in a row. */
function takeTurn(among: readonly Standing[]): Standing | undefined {
  let best: Standing | undefined
  let total = 0
  for (const standing of among) {
    standing.credit += standing.choice.weight
    total += standing.choice.weight
    if (!best || standing.credit > best.credit) best = standing
  }
  if (best) best.credit -= total
  return best
}

/**
 * Shares messages among addresses by weight. Only those that serve are asked, and another one than the time before when
 * a message is repeated. When none serves, all are: the checks may be wrong, and a refusal would surely be.
 */
export function withReplicas(choices: readonly Choice[]): Send {
  const standings: readonly Standing[] = choices.map((choice, index) => ({ choice, index, credit: 0 }))
  const wells: readonly ((standing: Standing) => boolean)[] = [
    ({ choice }) => choice.isHealthy() && choice.letsThrough(),
    ({ choice }) => choice.letsThrough(),
    () => true,
  ]
  const choose = (last: number): Standing | undefined => {
    for (const isWell of wells) {
      const well = standings.filter(isWell)
      const others = well.filter(({ index }) => index !== last)
      const chosen = takeTurn(others.length > 0 ? others : well)
      if (chosen) return chosen
    }
    return undefined
  }
  return (message, replied) => {
    const chosen = choose(message.replica)
    if (!chosen) throw new Error('A subgraph needs at least one replica.')
    message.replica = chosen.index
    return chosen.choice.send(message, replied)
  }
}
