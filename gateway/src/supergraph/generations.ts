import { fail } from '@headcount/errors'
import type { SupergraphSource } from '../options.ts'
import { type Generation, type GenerationOptions, loadGeneration } from './generation.ts'
import { openSource } from './open-source.ts'
import { warmUp } from './warm-up.ts'

/** How long a supergraph that no new request sees is kept able to plan, in milliseconds: planning follows at once on finding. */
const graceMs = 2_000

/** The generation that serves now, and the swap to the next. */
export interface Generations {
  /** @throws GraphQLError NOT_READY before the first one is loaded */
  current(): Generation
  /** Swaps to another supergraph. A bad one rejects and changes nothing. */
  swap(sdl: string): Promise<void>
  /** Called with each generation that begins to serve. */
  onSwap(listener: (generation: Generation) => void): () => void
  close(): Promise<void>
}

/** Loads the first supergraph, and each that the file has later. @throws SupergraphRefused when the first is bad */
export async function startGenerations(
  source: SupergraphSource,
  options: GenerationOptions,
): Promise<Generations> {
  const { log } = options
  let current: Generation | undefined
  let queue: Promise<void> = Promise.resolve()
  const listeners = new Set<(generation: Generation) => void>()

  let isClosed = false
  const load = async (sdl: string) => {
    // What a source still tells while everything ends would start a planner that nobody ends.
    if (isClosed || current?.sdl === sdl) return
    const next = await loadGeneration(sdl, options)
    const before = current
    if (!before) {
      current = next
      return
    }
    const operations = await warmUp(next, before)
    current = next
    log.info({ operations }, 'the supergraph was swapped; its busiest operations were ready')
    for (const listener of listeners) listener(next)
    retire(before)
  }
  const retired = new Set<Generation>()
  /** Requests that began under it may still want a plan of it. */
  const retire = (generation: Generation) => {
    retired.add(generation)
    setTimeout(() => {
      retired.delete(generation)
      void generation.close()
    }, graceMs).unref()
  }
  // One after another: two files in quick succession must not overtake each other.
  const swap = (sdl: string) => {
    const turn = queue.then(() => load(sdl))
    queue = turn.catch(() => {})
    return turn
  }
  const watch = await openSource(source, {
    log,
    onText: (sdl) => {
      swap(sdl).catch((error: unknown) =>
        log.error({ err: error }, 'the new supergraph was refused; the last good one serves'),
      )
    },
  })
  try {
    await swap(watch.text)
  } catch (error) {
    isClosed = true
    watch.close()
    throw error
  }
  return {
    current() {
      if (!current) throw fail('NOT_READY', 'The schema is not loaded yet.')
      return current
    },
    swap,
    onSwap(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    async close() {
      isClosed = true
      watch.close()
      await queue
      await Promise.all([current, ...retired].map((generation) => generation?.close()))
    },
  }
}
