import { fail } from '@headcount/errors'
import type { PublishedSupergraph } from '../feeds/feed.ts'
import type { SupergraphSource } from '../options.ts'
import type { Generation, GenerationOptions } from './generation.ts'
import { type OpenSource, openSource } from './open-source.ts'
import { type Serving, Swaps } from './swaps.ts'
import { takeNewest } from './take-newest.ts'

/** What became of what the source gave. */
export interface SupergraphState {
  readonly serving: Serving | undefined
  /** How many began to serve after the first. */
  readonly swaps: number
  /** How many were refused. */
  readonly refused: number
  /** Whether the source answered when it was last asked; a file always does. */
  readonly isSourceAnswering: boolean
}

/** The generation that serves now, and the swap to the next. */
export interface Generations {
  /** @throws GraphQLError NOT_READY before the first one is loaded */
  current(): Generation
  /** Swaps to another supergraph. A bad one rejects and changes nothing. */
  swap(sdl: string): Promise<void>
  /** Called with each generation that begins to serve. */
  onSwap(listener: (generation: Generation) => void): () => void
  state(): SupergraphState
  close(): Promise<void>
}

/** Takes what a source gives, as long as it is good. */
class Intake {
  refused = 0
  readonly #swaps: Swaps
  readonly #log: GenerationOptions['log']
  /** The last bad one: a source that gives it in turns with a good one is not told of each time. */
  #lastRefused: string | undefined

  constructor(swaps: Swaps, log: GenerationOptions['log']) {
    this.#swaps = swaps
    this.#log = log
  }

  #refuse({ sdl, version }: PublishedSupergraph, error: unknown): void {
    this.refused += 1
    this.#lastRefused = sdl
    this.#log.error({ err: error, version }, 'the new supergraph was refused; the last good one serves')
  }

  /** Begins with what the source has, or with what served last where that is bad. @throws SupergraphRefused */
  async begin({ first, lastGood }: OpenSource): Promise<void> {
    try {
      await this.#swaps.swap(first)
    } catch (error) {
      if (!lastGood) throw error
      this.#refuse(first, error)
      await this.#swaps.swap(lastGood)
    }
  }

  async take(next: PublishedSupergraph): Promise<void> {
    if (next.sdl === this.#lastRefused) return
    try {
      await this.#swaps.swap(next)
    } catch (error) {
      this.#refuse(next, error)
    }
  }
}

/** Loads the first supergraph, and each that the source has later. @throws SupergraphRefused when the first is bad */
export async function startGenerations(
  source: SupergraphSource,
  options: GenerationOptions,
): Promise<Generations> {
  const { log } = options
  let opened: OpenSource | undefined
  const swaps = new Swaps(options, (supergraph) => opened?.keep(supergraph))
  const intake = new Intake(swaps, log)
  const begun = Promise.withResolvers<void>()
  const onNext = takeNewest(async (next: PublishedSupergraph) => {
    await begun.promise
    await intake.take(next)
  })
  opened = await openSource(source, { log, onNext })
  const { close, isAnswered } = opened
  try {
    await intake.begin(opened)
  } catch (error) {
    swaps.end()
    close()
    throw error
  } finally {
    begun.resolve()
  }
  return {
    current() {
      if (!swaps.serving) throw fail('NOT_READY', 'The schema is not loaded yet.')
      return swaps.serving.generation
    },
    swap: (sdl) => swaps.swap({ sdl }),
    onSwap: (listener) => swaps.onSwap(listener),
    state: () => ({
      serving: swaps.serving,
      swaps: swaps.swaps,
      refused: intake.refused,
      isSourceAnswering: isAnswered(),
    }),
    async close() {
      close()
      await swaps.close()
    },
  }
}
