import type { Logger } from 'pino'
import type { PublishedSupergraph, SupergraphFeed } from '../feeds/feed.ts'
import { keepAsking } from '../feeds/keep-asking.ts'
import { registrySupergraph } from '../feeds/registry-supergraph.ts'
import type { RegistrySource, SupergraphSource } from '../options.ts'
import { createComposer } from './compose-subgraphs.ts'
import { watchFile } from './watch-file.ts'

/** Where a supergraph is read from, opened. */
export interface OpenSource {
  /** What it had at first. */
  readonly first: PublishedSupergraph
  /** What served last before this start, where it was kept and is something else. */
  readonly lastGood?: PublishedSupergraph | undefined
  /** Whether it answered when it was last asked. */
  isAnswered(): boolean
  /** Is told what serves, to keep it for the next start. */
  keep(supergraph: PublishedSupergraph): void
  close(): void
}

/** What is done with what a source has later. */
export interface SourceListener {
  readonly log: Logger
  /** Called with every supergraph that differs from the one before. */
  readonly onNext: (next: PublishedSupergraph) => void
}

/** How often subgraphs are asked for their schemas, in milliseconds. */
const subgraphsIntervalMs = 10_000

const messages = {
  away: 'there is no new supergraph; the last good one serves',
  back: 'the source of the supergraph answers again',
}

const nothingToKeep = { isAnswered: () => true, keep: () => {} }

type Subgraphs = Extract<SupergraphSource, { readonly subgraphs: unknown }>

async function openSubgraphs(
  { subgraphs, pollIntervalMs }: Subgraphs,
  { log, onNext }: SourceListener,
): Promise<OpenSource> {
  const composer = createComposer(Object.entries(subgraphs).map(([name, url]) => ({ name, url })))
  let last = await composer.compose()
  const asking = keepAsking({
    async ask(signal) {
      const sdl = await composer.compose(signal)
      const news = sdl === last ? undefined : { sdl }
      last = sdl
      return { news, canWait: false }
    },
    onNews: onNext,
    canWait: false,
    intervalMs: pollIntervalMs ?? subgraphsIntervalMs,
    log,
    messages,
  })
  return {
    ...nothingToKeep,
    first: { sdl: last },
    isAnswered: () => asking.isAnswered,
    close: () => asking.close(),
  }
}

async function openFeed(feed: SupergraphFeed, { onNext }: SourceListener): Promise<OpenSource> {
  const first = await feed.first()
  feed.watch(onNext)
  return { ...nothingToKeep, first, close: () => feed.close() }
}

async function openRegistry(registry: RegistrySource, listener: SourceListener): Promise<OpenSource> {
  const feed = registrySupergraph(registry, listener.log)
  return {
    ...(await openFeed(feed, listener)),
    lastGood: feed.lastKept,
    isAnswered: () => feed.isAnswered,
    keep: (supergraph) => feed.keep(supergraph),
  }
}

/** Reads a supergraph, and again whenever its source has another. @throws Error when it can't be read at first */
export async function openSource(source: SupergraphSource, listener: SourceListener): Promise<OpenSource> {
  if ('sdl' in source) return { ...nothingToKeep, first: { sdl: source.sdl }, close: () => {} }
  if ('file' in source) return { ...nothingToKeep, ...(await watchFile(source.file, listener)) }
  if ('subgraphs' in source) return openSubgraphs(source, listener)
  if ('feed' in source) return openFeed(source.feed, listener)
  return openRegistry(source.registry, listener)
}
