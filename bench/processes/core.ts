import { spawnSync } from 'node:child_process'
import { availableParallelism, cpus } from 'node:os'

const GATEWAY_CORE = 0
const OTHER_CORE = 1

/** Where the parts of a bench run. */
export interface Cores {
  /** Whether what is measured has a core of its own. */
  readonly isPinned: boolean
  /** What stands before the command that is measured. */
  readonly prefix: readonly string[]
  /** For the result. */
  readonly text: string
}

/**
 * Puts this process, and with it all that it starts, on one core, and gives the other one to what is measured. Without
 * `taskset` (macOS) or with a single core everything runs anywhere, and the text says so.
 */
export function divideCores(): Cores {
  const isPossible = availableParallelism() > OTHER_CORE
  const words = ['-a', '-c', '-p', String(OTHER_CORE), String(process.pid)]
  if (!isPossible || spawnSync('taskset', words).status !== 0) {
    const reason = isPossible ? 'there is no `taskset` here' : 'there is only one core'
    return { isPinned: false, prefix: [], text: `Nothing was pinned to a core: ${reason}.` }
  }
  return {
    isPinned: true,
    prefix: ['taskset', '-c', String(GATEWAY_CORE)],
    text: `What is measured was pinned to core ${GATEWAY_CORE}; load and subgraphs to core ${OTHER_CORE}.`,
  }
}

/** Puts this process and all that it starts from here on to the core of what is measured. @throws Error when it cannot */
export function moveToGatewayCore(): void {
  const words = ['-a', '-c', '-p', String(GATEWAY_CORE), String(process.pid)]
  const { status, stderr } = spawnSync('taskset', words, { encoding: 'utf8' })
  if (status !== 0) throw new Error(`taskset ${words.join(' ')}: ${stderr}`)
}

/** What a core has done so far, in milliseconds. */
export interface CoreTimes {
  readonly busyMs: number
  readonly idleMs: number
}

/** Time that the core of the load has worked and idled so far. */
export const otherCoreTimes = (): CoreTimes => timesOf(OTHER_CORE)

/** Time that the core of what is measured has worked and idled so far. */
export const gatewayCoreTimes = (): CoreTimes => timesOf(GATEWAY_CORE)

function timesOf(core: number): CoreTimes {
  const { user, nice, sys, irq, idle } = cpus()[core]?.times ?? {
    user: 0,
    nice: 0,
    sys: 0,
    irq: 0,
    idle: 0,
  }
  return { busyMs: user + nice + sys + irq, idleMs: idle }
}
