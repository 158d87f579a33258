import type { IncomingHttpHeaders } from 'node:http'
import { hasScope, type Viewer } from '@headcount/access'
import { readConfig } from '@headcount/config'
import { codeOf } from '@headcount/errors'
import { type SupergraphFeed, UsageRefused, type UsageSink } from '@headcount/gateway'
import { type Caller, createRegistry, type Registry, RegistryProblem } from '@headcount/registry'
import { registrySettings } from '@headcount/registry/config'
import type { Logger } from 'pino'
import { platformSettings } from './config.ts'
import type { Environment } from './environment.ts'
import { ownDocuments, ownSubgraphs, ownSupergraph } from './own-schema.ts'
import { registryAnnouncements } from './registry-announcements.ts'

/** The registry within the platform: its graph is what the platform's own services answer, and what others publish beside. */
export interface OwnRegistry {
  readonly registry: Registry
  /** The supergraph for the gateway of this process. */
  readonly supergraph: SupergraphFeed
  /** Where that gateway reports usage. */
  readonly usage: UsageSink
  stop(): Promise<void>
}

/** What {@link openOwnRegistry} needs. */
export interface OwnRegistryOptions {
  /** Complete: with the address of its database, which is up to date, and its token. */
  readonly environment: Environment
  /** Who has an access token of the platform; undefined = nobody. */
  readonly viewerOf: (headers: IncomingHttpHeaders) => Promise<Viewer | undefined>
  readonly log: Logger
}

/** Who publishes what the platform itself brings. */
const platform: Caller = { name: 'platform', scopes: ['schema:publish', 'documents:publish'] }
// Of these one listens.
const connections = 3

/** Opens it, and sees to it that it has what this platform answers and what its pages ask. */
export async function openOwnRegistry({
  environment,
  viewerOf,
  log,
}: OwnRegistryOptions): Promise<OwnRegistry> {
  const { databaseUrl, token, usageRetentionDays } = readConfig(registrySettings, environment)
  const announcements = registryAnnouncements(readConfig(platformSettings, environment).natsUrl, log)
  const registry = await createRegistry({
    database: databaseUrl,
    maxConnections: connections,
    adminToken: token,
    usageRetentionDays,
    authorize: async (headers) => callerOf(await viewerOf(headers).catch(refuseToken)),
    announce: announcements.announce,
    log,
  }).catch(async (error: unknown) => {
    await announcements.close()
    throw error
  })
  // The first time nobody waits for it: alone, what this platform answers composes to the supergraph that is at hand.
  const isFirst = !registry.hasLive()
  const ending = new AbortController()
  const bring = () => bringSubgraphs(registry, { log, signal: ending.signal })
  if (!isFirst) await bring()
  await bringDocuments(registry, log)
  const later = isFirst ? bring() : undefined
  return {
    registry,
    supergraph: supergraphOf(registry),
    usage: { send: (report) => registry.countUsage(report).catch(refuse) },
    async stop() {
      ending.abort()
      await registry.stop()
      await later
      await announcements.close()
    },
  }
}

/** A token that is not good is nobody's; one that cannot be looked at now may be good. */
function refuseToken(error: unknown): undefined {
  if (codeOf(error) === 'UNAUTHENTICATED') return undefined
  throw new RegistryProblem('UNAVAILABLE', 'Access tokens cannot be verified at the moment; try again.')
}

/** People look; who publishes has a token of the registry. */
function callerOf(viewer: Viewer | undefined): Caller | undefined {
  if (!viewer) return undefined
  const mayLook = hasScope(viewer.scopes, 'registry:read')
  return { name: viewer.id, scopes: mayLook ? ['schema:read', 'schema:check', 'usage:read'] : [] }
}

function supergraphOf(registry: Registry): SupergraphFeed {
  const feed = registry.supergraph()
  return {
    first: async () => (registry.hasLive() ? feed.first() : { sdl: ownSupergraph() }),
    watch: (listener) => feed.watch(listener),
    close: () => feed.close(),
  }
}

/** What was published before and is no more is left as it is: it may be another platform's, or somebody's who will be back. */
async function bringSubgraphs(
  registry: Registry,
  { log, signal }: { readonly log: Logger; readonly signal: AbortSignal },
): Promise<void> {
  const message = 'As the services of this platform answer it'
  try {
    const { version, isUnchanged } = await registry.publish({ subgraphs: ownSubgraphs(), message }, platform)
    if (isUnchanged) return
    const { number, errors } = version
    if (version.composes) log.info({ version: number }, 'the schemas of this platform were published')
    else {
      log.error(
        { version: number, errors: errors.map((one) => one.message) },
        'the schemas of this platform do not compose with what others have published; the last good ones are served',
      )
    }
  } catch (error) {
    if (!signal.aborted) log.error({ err: error }, 'the schemas of this platform could not be published')
  }
}

/** Pages that are open ask what they asked before: documents of earlier versions stay. */
async function bringDocuments(registry: Registry, log: Logger): Promise<void> {
  const { client, documents } = ownDocuments()
  try {
    const { refused } = await registry.publishDocuments({ client, documents }, platform)
    if (refused.length > 0) log.error({ refused }, "documents of this platform's pages were refused")
  } catch (error) {
    log.error({ err: error }, "the documents of this platform's pages could not be published")
  }
}

/** A report that is wrong is wrong next time too. */
function refuse(error: unknown): never {
  const isFinal = error instanceof RegistryProblem && ['BAD_REQUEST', 'TOO_LARGE'].includes(error.code)
  throw isFinal ? new UsageRefused(error.message, { cause: error }) : error
}
