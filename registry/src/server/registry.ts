import type { IncomingMessage, ServerResponse } from 'node:http'
import { openDatabase } from '@headcount/database'
import type {
  DocumentsAnswer,
  PublishAnswer,
  PublishDocumentsAnswer,
  PublishDocumentsRequest,
  PublishRequest,
  RollbackRequest,
  UsageAnswer,
  UsageReport,
} from '@headcount/registry-api'
import type { Logger } from 'pino'
import { publishDocuments } from './documents/publish-documents.ts'
import { readPublishRequest } from './documents/read-publish-request.ts'
import { readDocuments } from './documents/served-documents.ts'
import type { Caller } from './endpoint.ts'
import { createEndpoints } from './endpoints.ts'
import { startHousekeeping } from './housekeeping.ts'
import { createHandler } from './http/handler.ts'
import { createIdentify } from './identify.ts'
import { createJudge } from './judge/judge.ts'
import { followLive, type Live } from './live/live.ts'
import type { LiveState } from './live/live-state.ts'
import { type Feed, openFeed, type Reading } from './live/open-feed.ts'
import { createMetrics } from './metrics.ts'
import type { RegistryOptions } from './options.ts'
import { createAuthenticator } from './tokens/authenticator.ts'
import { countReport } from './usage/count-report.ts'
import { readReport } from './usage/read-report.ts'

/** A registry of one graph: its API over HTTP, and the same for who is in the process. */
export interface Registry {
  /** Answers a request whose path begins with the base path (`/registry`). Never rejects. */
  handle(req: IncomingMessage, res: ServerResponse, basePath: string): Promise<void>
  /** The live supergraph of the graph, or of a contract. */
  supergraph(contract?: string): Feed<LiveSupergraph>
  /** The trusted documents that gateways let through. */
  documents(): Feed<DocumentsAnswer>
  /** Takes what a gateway saw. @throws RegistryProblem */
  countUsage(report: UsageReport): Promise<UsageAnswer>
  /** Adds documents of a client, all or none. @throws RegistryProblem */
  publishDocuments(request: PublishDocumentsRequest, caller: Caller): Promise<PublishDocumentsAnswer>
  /** Makes a version. @throws RegistryProblem; one that does not compose is no problem but is said in the answer */
  publish(request: PublishRequest, caller: Caller): Promise<PublishAnswer>
  rollback(request: RollbackRequest, caller: Caller): Promise<PublishAnswer>
  /** Whether any version is live. */
  hasLive(): boolean
  /** What is not ready, in sentences; empty = all is. A database that went away is told, though what is live is served on. */
  notReady(): readonly string[]
  /** Prometheus text. */
  metrics(): Promise<string>
  /** Answers who waits, from now on at once; to be called before the server is closed. */
  drain(): void
  /** Stops: publishes under way are ended with what composes them. */
  stop(): Promise<void>
}

/** A supergraph as it is live. */
export interface LiveSupergraph {
  readonly sdl: string
  /** Number of its version. */
  readonly version: number | undefined
}

/** Waits so long for the first reading of what is live; where the database is away it starts without. */
const firstLookMs = 5_000

/** Makes a registry and starts to follow what is live. */
export async function createRegistry(options: RegistryOptions): Promise<Registry> {
  const { log, now = () => new Date(), adminToken, authorize, announce, maxConnections } = options
  const isOwn = typeof options.database === 'string'
  const database =
    typeof options.database === 'string'
      ? openDatabase({
          url: options.database,
          applicationName: 'headcount-registry',
          log,
          ...(maxConnections !== undefined && { maxConnections }),
        })
      : options.database
  const metrics = createMetrics()
  const judge = createJudge({ deadlineMs: options.composeDeadlineMs, onDone: metrics.judged })
  const live = followLive({ database, log })
  metrics.watchLive(live)
  const { usageRetentionDays } = options
  const parts = { database, log, now, judge, live, usageRetentionDays }
  const { endpoints, publisher } = createEndpoints({
    parts,
    metrics,
    announce,
  })
  const authenticator = createAuthenticator({ database, log, now, adminToken })
  const identify = createIdentify({ authenticator, authorize })
  await firstLook(live)
  const housekeeping = startHousekeeping(parts)
  return {
    handle: createHandler({ endpoints, identify, metrics, log }),
    supergraph: (contract) =>
      openFeed({ live, find: (state) => supergraphIn(state, contract), onError: unreadable(log) }),
    documents: () =>
      openFeed({
        live,
        find: ({ documents: mark }) => ({ mark, read: () => readDocuments(database) }),
        onError: unreadable(log),
      }),
    countUsage: (report) => countReport(readReport(report), parts),
    publishDocuments: (request, { name: by }) =>
      publishDocuments({ request: readPublishRequest(request), by }, parts),
    publish: publisher.publish,
    rollback: publisher.rollback,
    hasLive: () => live.state?.supergraph !== undefined,
    notReady: () => notReady(live),
    metrics: metrics.text,
    drain: live.drain,
    async stop() {
      await Promise.all([live.stop(), housekeeping.stop()])
      await judge.close()
      if (isOwn) await database.close()
    },
  }
}

function supergraphIn(state: LiveState, contract: string | undefined): Reading<LiveSupergraph> | undefined {
  const found = (contract === undefined ? state : state.contracts.get(contract))?.supergraph
  return found && { mark: found.etag, read: () => ({ sdl: found.text, version: found.version }) }
}

const unreadable = (log: Logger) => (err: unknown) =>
  log.warn({ err }, 'a change in the registry could not be read; the next is')

async function firstLook(live: Live): Promise<void> {
  const until = AbortSignal.timeout(firstLookMs)
  await live.changed(undefined, { ms: firstLookMs, signal: until })
}

function notReady({ state, isListening }: Live): string[] {
  if (!state) return ['The registry has not reached its database yet.']
  return isListening ? [] : ['The registry does not reach its database; what was live is served on.']
}
