import { analyticsSettings } from '@headcount/analytics/config'
import { authSettings } from '@headcount/auth/config'
import { ConfigError, type ConfigSpec, readConfig } from '@headcount/config'
import { eventsSettings } from '@headcount/events/config'
import { gatesSettings } from '@headcount/gates/config'
import { redisAddresses } from '@headcount/live/settings'
import { participantsSettings } from '@headcount/participants/config'
import { registrySettings } from '@headcount/registry/config'
import { findServer } from '@headcount/servers'
import { platformSettings } from './config.ts'
import {
  databaseNames,
  databaseSetting,
  databasesToEmbed,
  type Environment,
  given,
  mostEmbeddedWorkers,
} from './environment.ts'
import { tryAddress } from './public-server.ts'
import { unreachable } from './reach.ts'
import { secretNames } from './secrets.ts'

/** What is asked of a start. */
export interface StartRequest {
  readonly environment: Environment
  readonly services: 'all-in-one' | 'separate'
  /** Processes that share the port; default 1. */
  readonly workers?: number | undefined
  readonly host: string
  /** TCP port; undefined = as the environment says. */
  readonly port?: number | undefined
}

const specs: readonly ConfigSpec[] = [
  platformSettings,
  authSettings,
  eventsSettings,
  participantsSettings,
  gatesSettings,
  analyticsSettings,
  registrySettings,
]

// Stand for what the platform itself will add where the operator says nothing.
const additions: Environment = {
  ...Object.fromEntries(databaseNames.map((name) => [databaseSetting(name), 'postgres://embedded'])),
  ...Object.fromEntries(secretNames.map((name) => [name, 'x'.repeat(32)])),
}

/**
 * Looks, before anything is started or written, at all that the operator can have got wrong: each setting of the platform
 * and of its services, the servers that it names or that separate services need, the address to listen at.
 * @throws Error with the one problem, ConfigError with several
 */
export async function checkStart(request: StartRequest): Promise<void> {
  const { environment, services, workers = 1, host, port } = request
  const completed = { ...additions, ...given(environment) }
  const problems = [...new Set(specs.flatMap((spec) => problemsOf(spec, completed)))]
  if (problems.length === 0) problems.push(...(await silentServers(completed)))
  if (services === 'separate' || workers > 1) problems.push(...(await lackingServers(completed)))
  if (services === 'all-in-one') problems.push(...tooManyWorkers(environment, workers))
  if (problems.length === 0 || port !== undefined) {
    const address = { host, port: port ?? readConfig(platformSettings, completed).port }
    problems.push(...(await tryAddress(address)))
  }
  const [problem, ...more] = problems
  if (problem !== undefined) throw more.length > 0 ? new ConfigError(problems) : new Error(problem)
}

function problemsOf(spec: ConfigSpec, environment: Environment): readonly string[] {
  try {
    readConfig(spec, environment)
    return []
  } catch (error) {
    if (error instanceof ConfigError) return error.problems
    throw error
  }
}

/** The servers that the operator named and that do not answer: a platform on them would start and tell nobody anything. */
async function silentServers({ NATS_URL, REDIS_URL }: Environment): Promise<string[]> {
  const asked = [NATS_URL ? unreachable('NATS_URL', NATS_URL) : [], REDIS_URL ? silentRedis(REDIS_URL) : []]
  return (await Promise.all(asked)).flat()
}

/** One node of a cluster is enough: the others are found through it. */
async function silentRedis(url: string): Promise<string[]> {
  const asked = await Promise.all(redisAddresses(url).map((one) => unreachable('REDIS_URL', one)))
  return asked.some((problems) => problems.length === 0) ? [] : asked.flat()
}

function tooManyWorkers(environment: Environment, workers: number): string[] {
  if (workers <= mostEmbeddedWorkers || databasesToEmbed(environment).length === 0) return []
  return [
    `--workers is ${workers}; the embedded Postgres has connections for ${mostEmbeddedWorkers} processes with all ` +
      'services. Start fewer, or name databases of your own by DATABASE_URL_….',
  ]
}

async function lackingServers({ NATS_URL, REDIS_URL }: Environment): Promise<string[]> {
  const lacking: string[] = []
  if (!NATS_URL && !(await findServer('nats-server'))) lacking.push('NATS_URL (or a nats-server)')
  if (!REDIS_URL && !(await findServer('valkey-server'))) lacking.push('REDIS_URL (or a valkey-server)')
  if (lacking.length === 0) return []
  return [
    `Several processes need a queue and pub/sub between them: set ${lacking.join(' and ')}. ` +
      'Without Docker or root, `bin/headcount fetch-servers` brings both servers.',
  ]
}
