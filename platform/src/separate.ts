import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { redisTopics } from '@headcount/live'
import { type RunningServer, startNats, startValkey } from '@headcount/servers'
import type { Logger } from 'pino'
import { request } from 'undici'
import { superviseService } from './child-process.ts'
import type { Deployment } from './deployment.ts'
import { serviceNames } from './domain-services.ts'
import type { Environment } from './environment.ts'
import { freePorts } from './free-ports.ts'
import type { Progress } from './progress.ts'

const READY_MS = 60_000
const POLL_MS = 100

/** What {@link deploySeparately} needs. */
export interface SeparateOptions {
  readonly dataDirectory: string
  readonly log: Logger
  readonly progress: Progress
}

/** Starts each service as a process of its own, with a queue and pub/sub between them; resolves when all are ready. */
export async function deploySeparately(
  environment: Environment,
  options: SeparateOptions,
): Promise<Deployment> {
  const { log, progress } = options
  const bus = await startBusServers(environment, options)
  const ports = await freePorts(serviceNames.length)
  const urls = Object.fromEntries(
    serviceNames.map((name, index) => [name, `http://127.0.0.1:${ports[index]}`]),
  )
  const shared = {
    ...{ ...environment, ...bus.environment, ...addresses(urls) },
    ...{ HOST: '127.0.0.1', LOG_LEVEL: log.level },
  }
  progress.step('Starting five services, each in a process of its own')
  const children = serviceNames.map((name, index) =>
    superviseService({ name, environment: { ...shared, PORT: String(ports[index]) }, log }),
  )
  const topics = redisTopics({ url: bus.environment.REDIS_URL, log })
  const stop = async () => {
    await Promise.all(children.map((child) => child.stop()))
    await topics.close()
    await bus.stop()
  }
  const notReady = async () => (await Promise.all(Object.entries(urls).map(askWhetherReady))).flat()
  try {
    await untilReady(notReady)
  } catch (error) {
    await stop()
    throw error
  }
  return {
    topics,
    placements: Object.fromEntries(
      Object.entries(urls).map(([name, url]) => [name, { url: `${url}/graphql` }]),
    ),
    jwks: `${urls.auth}/.well-known/jwks.json`,
    // They began by themselves.
    start: async () => {},
    notReady,
    metrics: () => Promise.all(Object.values(urls).map((url) => textOf(`${url}/metrics`))),
    stop,
  }
}

function addresses(urls: Readonly<Record<string, string>>): Environment {
  const entries = Object.entries(urls).map(([name, url]) => [
    `HEADCOUNT_URL_${name.toUpperCase()}`,
    `${url}/graphql`,
  ])
  return Object.fromEntries(entries)
}

interface BusServers {
  readonly environment: { readonly NATS_URL: string; readonly REDIS_URL: string }
  stop(): Promise<void>
}

/** The queue and pub/sub that the operator named; what is not named is started from what the machine has. */
async function startBusServers(environment: Environment, options: SeparateOptions): Promise<BusServers> {
  const { NATS_URL, REDIS_URL } = environment
  const directory = join(options.dataDirectory, 'servers')
  const started: RunningServer[] = []
  const begin = async (start: typeof startNats, name: string) => {
    const server = await start({ directory: join(directory, name) })
    started.push(server)
    options.progress.done(`${name} on port ${server.port}`)
    return server.port
  }
  const stop = async () => void (await Promise.all(started.map((server) => server.stop())))
  try {
    return {
      environment: {
        NATS_URL: NATS_URL ?? `nats://127.0.0.1:${await begin(startNats, 'NATS')}`,
        REDIS_URL: REDIS_URL ?? `redis://127.0.0.1:${await begin(startValkey, 'Valkey')}`,
      },
      stop,
    }
  } catch (error) {
    await stop()
    throw error
  }
}

async function textOf(url: string): Promise<string> {
  const { body } = await request(url, { headersTimeout: 1000, bodyTimeout: 1000 })
  return body.text()
}

async function askWhetherReady([name, url]: [string, string]): Promise<readonly string[]> {
  try {
    const answer = JSON.parse(await textOf(`${url}/health/ready`)) as { notReady: string[] }
    return answer.notReady
  } catch {
    return [`${name}: does not answer`]
  }
}

async function untilReady(notReady: () => Promise<readonly string[]>): Promise<void> {
  const until = performance.now() + READY_MS
  let reasons = await notReady()
  while (reasons.length > 0) {
    if (performance.now() > until)
      throw new Error(`Not ready after ${READY_MS / 1000} s: ${reasons.join('; ')}.`)
    await sleep(POLL_MS)
    reasons = await notReady()
  }
}
