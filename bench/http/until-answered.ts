import { setTimeout as sleep } from 'node:timers/promises'
import type { RunningProgram } from '../processes/start-program.ts'

const PAUSE_MS = 20

/** Asks until it is answered. @throws Error of the last try when it takes too long, or what the program said when it ended */
export async function untilAnswered<Value>(
  program: RunningProgram,
  ask: () => Promise<Value>,
  timeoutMs = 60_000,
): Promise<Value> {
  const until = performance.now() + timeoutMs
  for (;;) {
    try {
      return await program.during(ask())
    } catch (error) {
      if (performance.now() > until) throw error
    }
    await program.during(sleep(PAUSE_MS))
  }
}
