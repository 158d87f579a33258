import type { BusyOperation } from '../operations/known-operations.ts'
import type { Generation } from './generation.ts'

/** Operations that are made ready before a swap: those beyond the busiest few hundred are asked for rarely. */
const warmedOperations = 300
/** Operations that are made ready at once. */
const atOnce = 4
/** Longest time that a swap waits for it, in milliseconds; what is not ready then is planned when it is asked for. */
const limitMs = 10_000

async function warmOne(next: Generation, busy: BusyOperation): Promise<void> {
  const operation = next.operations.find(busy.text, busy.operationName)
  for (const { viewer, held, variables, isDeferWanted } of busy.operation.samples.values()) {
    const lacks = operation.access.lacks(viewer, held)
    await next.programs.find({ operation, lacks, viewer, held, variables, isDeferWanted })
  }
}

/**
 * Plans and compiles the busiest operations of one supergraph under the next, for those who asked for them. What the next
 * one does not know any more is passed over: its clients will be told so.
 *
 * @returns how many operations are ready
 */
export async function warmUp(next: Generation, before: Generation): Promise<number> {
  const busiest = before.operations.busiest(warmedOperations)
  const until = performance.now() + limitMs
  let ready = 0
  const work = async () => {
    for (let task = busiest.shift(); task && performance.now() < until; task = busiest.shift()) {
      try {
        await warmOne(next, task)
        ready += 1
      } catch {
        // It is no operation of the next supergraph, or has no plan there: whoever asks for it hears why.
      }
    }
  }
  await Promise.all(Array.from({ length: atOnce }, work))
  return ready
}
