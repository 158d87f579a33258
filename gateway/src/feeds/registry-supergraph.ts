import type { Logger } from 'pino'
import type { RegistrySource } from '../options.ts'
import type { PublishedSupergraph } from './feed.ts'
import { shownAddress, supergraphAddress } from './registry-address.ts'
import { type RegistryFeed, registryFeed } from './registry-feed.ts'

/** The supergraphs that a registry, or a contract of it, publishes. What serves is kept when the gateway says so. */
export function registrySupergraph(source: RegistrySource, log: Logger): RegistryFeed<PublishedSupergraph> {
  const address = supergraphAddress(source.url)
  return registryFeed<PublishedSupergraph>({
    source,
    address,
    base: shownAddress(new URL('.', address)),
    fileName: 'supergraph.graphql',
    what: 'supergraph',
    accept: 'application/graphql, text/plain',
    // A server that knows no better calls it octets.
    types: ['application/graphql', 'text/plain', 'application/octet-stream'],
    limitBytes: 64 * 1024 * 1024,
    read: ({ text, version }) => ({ sdl: text, version }),
    messages: {
      away: 'there is no new supergraph; the last good one serves',
      back: 'the source of the supergraph answers again',
      fromCopy: 'there is no supergraph from the registry; the last good one serves, from the copy on disk',
    },
    log,
  })
}
