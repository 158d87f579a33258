import { createHash } from 'node:crypto'
import type { PublishedSupergraph } from '../feeds/feed.ts'
import { type Generation, type GenerationOptions, loadGeneration } from './generation.ts'
import { warmUp } from './warm-up.ts'

/** How long a supergraph that no new request sees is kept able to plan, in milliseconds: planning follows at once on finding. */
const graceMs = 2_000

/** What serves, and since when. */
export interface Serving {
  readonly generation: Generation
  /** SHA-256 of its text, hexadecimal. */
  readonly hash: string
  readonly version: number | undefined
  /** In milliseconds since 1970. */
  readonly sinceMs: number
}

/** The generation that serves, and the one after the other that take its place. */
export class Swaps {
  /** Undefined until the first one is loaded. */
  serving: Serving | undefined
  /** How many began to serve after the first. */
  swaps = 0
  readonly #options: GenerationOptions
  readonly #onServing: (supergraph: PublishedSupergraph) => void
  readonly #listeners = new Set<(generation: Generation) => void>()
  readonly #retired = new Set<Generation>()
  #queue: Promise<void> = Promise.resolve()
  #isClosed = false

  /** @param onServing called with each that begins to serve, the first one too */
  constructor(options: GenerationOptions, onServing: (supergraph: PublishedSupergraph) => void) {
    this.#options = options
    this.#onServing = onServing
  }

  /** Loads a supergraph and lets it serve. Rejects with SupergraphRefused when it is bad, and changes nothing. */
  swap(supergraph: PublishedSupergraph): Promise<void> {
    // One after another: two in quick succession must not overtake each other.
    const turn = this.#queue.then(() => this.#load(supergraph))
    this.#queue = turn.catch(() => {})
    return turn
  }

  onSwap(listener: (generation: Generation) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  async #load(supergraph: PublishedSupergraph): Promise<void> {
    const { sdl, version } = supergraph
    const before = this.serving?.generation
    // What a source still tells while everything ends would start a planner that nobody ends.
    if (this.#isClosed) return
    if (this.serving && before?.sdl === sdl) {
      // The same under another number: there is nothing to load.
      this.serving = { ...this.serving, version: version ?? this.serving.version }
      return
    }
    const generation = await loadGeneration(sdl, this.#options)
    const operations = before ? await warmUp(generation, before) : 0
    const hash = createHash('sha256').update(sdl).digest('hex')
    this.serving = { generation, hash, version, sinceMs: Date.now() }
    this.#onServing(supergraph)
    if (!before) return
    this.swaps += 1
    this.#options.log.info(
      { operations, version, hash },
      'the supergraph was swapped; its busiest operations were ready',
    )
    for (const listener of this.#listeners) listener(generation)
    this.#retire(before)
  }

  /** Requests that began under it may still want a plan of it. */
  #retire(generation: Generation): void {
    this.#retired.add(generation)
    setTimeout(() => {
      this.#retired.delete(generation)
      void generation.close()
    }, graceMs).unref()
  }

  /** Takes no other any more. */
  end(): void {
    this.#isClosed = true
  }

  async close(): Promise<void> {
    this.end()
    await this.#queue
    const generations = [...this.#retired, ...(this.serving ? [this.serving.generation] : [])]
    await Promise.all(generations.map((generation) => generation.close()))
  }
}
