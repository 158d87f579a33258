import type { GatewayOptions, RegistrySource } from '@headcount/gateway'
import { type Announcements, natsAnnouncements } from '@headcount/messaging'
import { liveSubject } from '@headcount/registry-api'
import type { Logger } from 'pino'

/** How a registry says by NATS what is live now, and how gateways hear it; of no use, and no harm, without NATS. */
export interface RegistryAnnouncements {
  /** Says that this version is live. */
  readonly announce: (version: number) => void
  /** A registry that is asked at once when something is said. */
  heardBy(source: RegistrySource): RegistrySource
  close(): Promise<void>
}

/** Announcements over the NATS of an address; undefined = there is none. */
export function registryAnnouncements(url: string | undefined, log: Logger): RegistryAnnouncements {
  const words: Announcements | undefined = url === undefined ? undefined : natsAnnouncements({ url, log })
  return {
    announce: (version) => words?.say(liveSubject, String(version)),
    heardBy: (source) =>
      words ? { ...source, onAnnounced: (listener) => words.hear(liveSubject, () => listener()) } : source,
    close: async () => words?.close(),
  }
}

type Sources = Pick<GatewayOptions, 'supergraph' | 'trustedDocuments'>

/** The same options, with a registry in them that hears announcements. */
export function withAnnouncements<Options extends Sources>(
  options: Options,
  { heardBy }: RegistryAnnouncements,
): Options {
  const { supergraph, trustedDocuments } = options
  const source = trustedDocuments?.source
  return {
    ...options,
    ...('registry' in supergraph && { supergraph: { registry: heardBy(supergraph.registry) } }),
    ...(source &&
      'registry' in source && {
        trustedDocuments: { ...trustedDocuments, source: { registry: heardBy(source.registry) } },
      }),
  }
}
