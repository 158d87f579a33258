import type { Viewer } from '@headcount/access'
import type { Database } from '@headcount/database'
import { type Handler, type Relay, type Subscription, startHeartbeat, startRelay } from '@headcount/messaging'
import type { Logger } from 'pino'
import { createDocuments } from './documents.ts'
import { type Call, createExecutor } from './execute.ts'
import { answerLive, answerMetrics, answerReady, routeByPath } from './http-routes.ts'
import { createLeanDoor } from './lean-door.ts'
import { createMetrics } from './metrics.ts'
import type { Outbox } from './outbox.ts'
import { requestLog } from './request-log.ts'
import { buildSchema } from './schema.ts'
import type { Parts, Route, Service } from './service.ts'
import { createViewers } from './viewers.ts'
import { createHttpDoor } from './yoga.ts'

/** What a context is made of. */
export interface RequestBase {
  /** Who asks. Nobody only where the schema lets nobody ask. */
  readonly viewer: Viewer | undefined
  /** The log, with the request's id. */
  readonly log: Logger
}

/** Timed work of a service. */
export interface Job {
  /** Begins it; the answered function ends it and resolves when nothing of it runs any more. */
  start(): () => void | Promise<void>
}

/** What makes a service. */
export interface ServiceDefinition<Context extends object> {
  /** `auth`, `events`, `participants`, `gates` or `analytics`. */
  readonly name: string
  /** Its SDL. */
  readonly schemaFile: URL
  /** Its resolvers: type → field → function. */
  readonly resolvers: object
  /** Its database; closed by `stop`. */
  readonly database: Database
  /** Its outbox, where it publishes. */
  readonly outbox?: Outbox
  /** What the starter gave. */
  readonly parts: Parts
  /** Makes the context of a request. */
  readonly context: (base: RequestBase) => Context
  /** What it hears of other services. */
  readonly consumes?: { readonly subjects: readonly string[]; readonly handle: Handler }
  /** Its timed work. */
  readonly jobs?: readonly Job[]
  /** Paths of its own: path → handler. */
  readonly routes?: Readonly<Record<string, Route>>
  /** Whether the process is its alone; then Node's own metrics are its. */
  readonly hasOwnProcess?: boolean
}

/** Makes a service of its definition: one executor for the gateway, two HTTP doors (the lean one
 * for the gateway's fetches, Yoga's for all others), one life. */
export function createService<Context extends object>(definition: ServiceDefinition<Context>): Service {
  const { name, database, parts } = definition
  const log = parts.log.child({ service: name })
  const schema = buildSchema(definition.schemaFile, definition.resolvers)
  const metrics = createMetrics(name, { hasOwnProcess: definition.hasOwnProcess ?? false })
  database.onStatement(({ sql }) => {
    if (!sql.includes('outbox relay')) metrics.sentStatement()
  })
  const { answered: onAnswer } = metrics
  const context = ({ viewer, requestId }: Call) =>
    definition.context({ viewer, log: requestLog(log, requestId) })
  const documents = createDocuments(schema)
  const executor = createExecutor({ schema, documents, context, log, onAnswer })
  const readViewer = createViewers({ secret: parts.viewerSecret, now: parts.now })
  const life = createLife(definition)
  const leanDoor = createLeanDoor({ documents, executor, readViewer, log })
  const door = createHttpDoor({ schema, context, log, readViewer, onAnswer })
  const notReady = async () => [...life.notReady(), ...(await unreachable(name, database))]
  const routes: Record<string, Route> = {
    // The gateway's own fetches by the short way; everybody else by Yoga's.
    '/graphql': (req, res) => {
      if (!leanDoor(req, res)) void door(req, res)
    },
    '/health/live': answerLive,
    '/health/ready': answerReady(notReady),
    '/metrics': answerMetrics(() => metrics.text()),
    ...definition.routes,
  }
  return {
    name,
    database,
    execute: executor.execute,
    handle: routeByPath(routes, (error) => log.error({ err: error }, 'an HTTP request failed')),
    routes: definition.routes ?? {},
    subscribe: () => life.subscribe(),
    async start() {
      const relay = life.start()
      if (relay) metrics.watchOutbox(() => outboxState(relay))
    },
    notReady,
    metrics: () => metrics.text(),
    stop: () => life.stop(),
  }
}

async function outboxState(relay: Relay): Promise<{ pending: number; dead: number; lagMs: number }> {
  const [pending, dead, lagMs] = await Promise.all([relay.pending(), relay.dead(), relay.lagMs()])
  return { pending, dead, lagMs }
}

async function unreachable(name: string, database: Database): Promise<string[]> {
  try {
    await database.ping()
    return []
  } catch {
    return [`${name}: its database does not answer`]
  }
}

interface Life {
  subscribe(): Promise<void>
  start(): Relay | undefined
  notReady(): string[]
  stop(): Promise<void>
}

/** The order of a service's life: hear others, then send and work; at the end the other way round. */
function createLife<Context extends object>(definition: ServiceDefinition<Context>): Life {
  const { name, database, parts, outbox, consumes, jobs = [] } = definition
  const endings: (() => void | Promise<void>)[] = []
  let subscription: Subscription | undefined
  let hasStarted = false
  return {
    async subscribe() {
      if (!consumes) return
      subscription = await parts.bus.subscribe({ consumer: name, ...consumes })
    },
    start() {
      hasStarted = true
      const relay = outbox && startRelay({ service: name, database, bus: parts.bus, log: parts.log })
      if (relay) {
        outbox.attach(relay)
        endings.push(() => relay.stop())
      }
      endings.push(startHeartbeat(parts.bus, name))
      for (const job of jobs) endings.push(job.start())
      return relay
    },
    notReady: () => (hasStarted ? [] : [`${name}: is starting or stopping`]),
    async stop() {
      hasStarted = false
      for (const end of endings.reverse()) await end()
      await subscription?.stop()
      await database.close()
    },
  }
}
