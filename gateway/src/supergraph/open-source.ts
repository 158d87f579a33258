import type { Logger } from 'pino'
import type { SupergraphSource } from '../options.ts'
import { createComposer } from './compose-subgraphs.ts'
import { poll } from './poll.ts'
import { createRegistryClient } from './registry-client.ts'
import { watchFile } from './watch-file.ts'

/** Where a supergraph is read from, opened. */
export interface OpenSource {
  /** What it had at first. */
  readonly text: string
  close(): void
}

/** What is done with what a source has later. */
export interface SourceListener {
  readonly log: Logger
  /** Called with every text that differs from the one before. */
  readonly onText: (text: string) => void
}

/** How often subgraphs are asked for their schemas, in milliseconds. */
const subgraphsIntervalMs = 10_000
/** How often a registry is asked; what has not changed costs it a line. */
const registryIntervalMs = 2_000

/** Reads a supergraph, and again whenever its source has another. @throws Error when it can't be read at first */
export async function openSource(source: SupergraphSource, listener: SourceListener): Promise<OpenSource> {
  if ('sdl' in source) return { text: source.sdl, close: () => {} }
  if ('file' in source) return watchFile(source.file, listener)
  if ('subgraphs' in source) {
    const subgraphs = Object.entries(source.subgraphs).map(([name, url]) => ({ name, url }))
    const composer = createComposer(subgraphs)
    const intervalMs = source.pollIntervalMs ?? subgraphsIntervalMs
    return poll((signal) => composer.compose(signal), { ...listener, intervalMs })
  }
  const { url, token, pollIntervalMs } = source.registry
  const registry = createRegistryClient({ url, token })
  const intervalMs = pollIntervalMs ?? registryIntervalMs
  return poll((signal) => registry.supergraph(signal), { ...listener, intervalMs })
}
