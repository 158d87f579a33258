import { setTimeout as sleep } from 'node:timers/promises'
import { readConfig } from '@headcount/config'
import { redisTopics } from '@headcount/live'
import type { Logger } from 'pino'
import { request } from 'undici'
import { superviseService } from './child-process.ts'
import { platformSettings } from './config.ts'
import type { Deployment } from './deployment.ts'
import { type ServiceName, serviceNames } from './domain-services.ts'
import type { Environment } from './environment.ts'
import { freePorts } from './free-ports.ts'
import type { Progress } from './progress.ts'

const READY_MS = 60_000
const POLL_MS = 100
// Less than the services keep an idle connection for, so that it is never their end that closes first.
const KEEP_ALIVE_MS = 20_000
// One that died is back within a second or two, and people wait at the gates: soon somebody must try.
const BREAKER = { halfOpenAfterMs: 1000 }

/** What {@link startServices} needs. */
export interface SeparateOptions {
  readonly log: Logger
  readonly progress: Progress
}

/** Services that run, each in a process of its own. */
export interface RunningServices {
  /** Their addresses, as settings. */
  readonly environment: Environment
  stop(): Promise<void>
}

/** Starts each service as a process of its own; resolves when all are ready. Queue and pub/sub must run. */
export async function startServices(
  environment: Environment,
  { log, progress }: SeparateOptions,
): Promise<RunningServices> {
  const ports = await freePorts(serviceNames.length)
  const addresses: Environment = Object.fromEntries(
    serviceNames.map((name, index) => [addressSetting(name), `http://127.0.0.1:${ports[index]}/graphql`]),
  )
  const shared = { ...environment, ...addresses, HOST: '127.0.0.1', LOG_LEVEL: log.level }
  progress.step('Starting five services, each in a process of its own')
  const children = serviceNames.map((name, index) =>
    superviseService({ name, environment: { ...shared, PORT: String(ports[index]) }, log }),
  )
  const stop = async () => void (await Promise.all(children.map((child) => child.stop())))
  try {
    await untilReady(() => askWhetherReady(addresses))
  } catch (error) {
    await stop()
    throw error
  }
  return { environment: addresses, stop }
}

/** Reaches services that run in processes of their own, at the addresses that stand in the environment. */
export function reachServices(environment: Environment, log: Logger): Deployment {
  const urls = serviceNames.map((name) => [name, environment[addressSetting(name)] ?? ''] as const)
  const { redisUrl: url = '', redisPubSub: pubsub } = readConfig(platformSettings, environment)
  const topics = redisTopics({ url, pubsub, log })
  return {
    topics,
    placements: Object.fromEntries(
      // All five know Headcount's lean fetches.
      urls.map(([name, url]) => [
        name,
        { url, leanFetches: true, keepAliveMs: KEEP_ALIVE_MS, breaker: BREAKER },
      ]),
    ),
    jwks: siblingOf(environment[addressSetting('auth')] ?? '', '/.well-known/jwks.json'),
    isShared: true,
    // They began by themselves.
    start: async () => {},
    notReady: () => askWhetherReady(environment),
    metrics: async () => {
      const texts = await Promise.allSettled(urls.map(([, url]) => textOf(siblingOf(url, '/metrics'))))
      // One that has died is missed for a moment; the others' numbers are good.
      return texts.flatMap((text) => (text.status === 'fulfilled' ? [text.value] : []))
    },
    stop: () => topics.close(),
  }
}

/** Name of the setting that says where a service answers GraphQL. */
function addressSetting(name: ServiceName): string {
  return `HEADCOUNT_URL_${name.toUpperCase()}`
}

function siblingOf(url: string, path: string): string {
  return new URL(path, url).href
}

async function textOf(url: string): Promise<string> {
  const { body } = await request(url, { headersTimeout: 1000, bodyTimeout: 1000 })
  return body.text()
}

async function askWhetherReady(environment: Environment): Promise<readonly string[]> {
  const asked = serviceNames.map(async (name) => {
    try {
      const url = siblingOf(environment[addressSetting(name)] ?? '', '/health/ready')
      return (JSON.parse(await textOf(url)) as { notReady: string[] }).notReady
    } catch {
      return [`${name}: does not answer`]
    }
  })
  return (await Promise.all(asked)).flat()
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
