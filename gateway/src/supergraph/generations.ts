import { fail } from '@headcount/errors'
import type { SupergraphSource } from '../options.ts'
import { type Generation, type GenerationOptions, loadGeneration } from './generation.ts'
import { openSource } from './open-source.ts'

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

  const load = async (sdl: string) => {
    if (current?.sdl === sdl) return
    const next = await loadGeneration(sdl, options)
    const isFirst = current === undefined
    current = next
    if (isFirst) return
    log.info('the supergraph was swapped')
    for (const listener of listeners) listener(next)
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
      watch.close()
      await queue
      await current?.close()
    },
  }
}
