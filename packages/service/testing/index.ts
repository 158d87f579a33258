import { fileURLToPath } from 'node:url'
import { signViewer, type Viewer, viewerHeader } from '@headcount/access'
import { createTestDatabase } from '@headcount/database/testing'
import { inProcessTopics } from '@headcount/live'
import { inProcessBus, type Message } from '@headcount/messaging'
import { pino } from 'pino'
import { type Ask, type Parts, type Service, ServiceUnavailable, type SubgraphAnswer } from '../src/index.ts'
import { viewerSecret } from './viewer-secret.ts'

// biome-ignore lint/performance/noBarrelFile: the public entry of the test support
export { markedSelection, sharers } from './marked-selection.ts'

/** What {@link startTestService} needs. */
export interface TestServiceOptions<Made> {
  /** The subgraph's `prisma/` folder. */
  readonly prismaDirectory: URL
  /** Makes the service over the test's database. */
  readonly create: (databaseUrl: string, parts: Parts) => Promise<Made>
  /** The service of what `create` made. */
  readonly serviceOf: (made: Made) => Service
  /** How other services answer; left out = not at all. */
  readonly ask?: Ask
  /** The clock; left out = the real one. */
  readonly now?: () => Date
}

/**
 * Starts a service over a real database of its own, an in-process bus and topics. `published` collects what it
 * publishes; `run` asks it without HTTP; `headers` signs a viewer for requests over HTTP.
 */
export async function startTestService<Made>(options: TestServiceOptions<Made>) {
  const { url, drop } = await createTestDatabase(fileURLToPath(options.prismaDirectory))
  const log = pino({ level: 'silent' })
  const bus = inProcessBus({ log })
  const topics = inProcessTopics({ log })
  const nobody: Ask = ({ service }) =>
    Promise.reject(new ServiceUnavailable(service, 'it is not in this test'))
  const { ask = nobody, now = () => new Date() } = options
  const made = await options.create(url, { log, bus, topics, ask, viewerSecret, now })
  const service = options.serviceOf(made)
  const published: Message[] = []
  const handle = async (message: Message) => void published.push(message)
  await bus.subscribe({ consumer: 'test', subjects: ['org.>'], handle })
  await service.subscribe()
  await service.start()
  return {
    made,
    service,
    bus,
    topics,
    published,
    run: (viewer: Viewer | undefined, query: string, variables: Record<string, unknown> = {}) =>
      service.execute({ query, variables, viewer, requestId: 'test' }),
    headers: (viewer: Viewer | undefined) => ({ [viewerHeader]: signViewer(viewer, viewerSecret) }),
    async stop() {
      await service.stop()
      await bus.close()
      await topics.close()
      await drop()
    },
  }
}

/** What an operation answered under one field; throws when it answered with errors. */
export function fieldOf<Value>(answer: SubgraphAnswer, name: string): Value {
  if (answer.errors) throw new Error(JSON.stringify(answer.errors))
  return answer.data?.[name] as Value
}
