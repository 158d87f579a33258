import { setImmediate } from 'node:timers/promises'
import { serviceViewer } from '@headcount/access'
import type { BusyOperation } from '../operations/known-operations.ts'
import { RefusedDocument } from '../operations/known-operations.ts'
import type { Trusted } from '../operations/trusted/trusted-documents.ts'
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
 * Plans and compiles the busiest operations of one supergraph under the next, for those who asked for them; trusted documents
 * that were made ready by `warmDocuments` are among them, after those that were asked for. What the next one does not know
 * any more is passed over: its clients will be told so.
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

/** Plans a document as it is planned for one who may read all of it; nobody has asked for it yet. */
async function warmDocument({ operations, programs }: Generation, text: string): Promise<void> {
  const operation = operations.find(text, undefined)
  if (operation.kind === 'subscription' || operation.programs.size > 0) return
  const viewer = serviceViewer('warm-up', '')
  const held = new Set(operation.access.policies)
  const lacks = operation.access.lacks(viewer, held)
  await programs.find({ operation, lacks, viewer, held, variables: {}, isDeferWanted: false })
}

/**
 * Makes trusted documents ready in the background, one at a time: requests go first. The next swap makes them ready before
 * it, as it does all that is known.
 *
 * @param isOver whether somebody else has begun anew
 * @returns ids of those that do not fit the schema
 */
export async function warmDocuments(
  generation: Generation,
  documents: Iterable<Trusted>,
  isOver: () => boolean,
): Promise<string[]> {
  const unfit: string[] = []
  let count = 0
  for (const { id, text } of documents) {
    count += 1
    if (count > warmedOperations) break
    await setImmediate()
    if (isOver()) break
    try {
      await warmDocument(generation, text)
    } catch (error) {
      if (error instanceof RefusedDocument) unfit.push(id)
    }
  }
  return unfit
}
