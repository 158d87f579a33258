// The platform under load: the program that `headcount up` runs, its embedded Postgres durable.
import { type Platform, silentProgress, startPlatform } from '@headcount/platform'
import { type Cluster, startCluster } from '@headcount/postgres'
import { databaseNames, serviceNames } from '../../e2e/setup/home.ts'
import { answerParent } from '../processes/answer-parent.ts'
import { moveToGatewayCore } from '../processes/core.ts'
import { type TreeUsage, treeUsage } from '../processes/tree-usage.ts'

/** Where it is, and what one needs to prepare its databases. */
export interface PlatformPlace {
  readonly url: string
  /** By service. */
  readonly databaseUrls: Readonly<Record<string, string>>
  /** What opens the keys that sign access tokens. */
  readonly authSecret: string
}

/** How it is started. */
export interface PlatformStart {
  readonly dataDirectory: string
  /** All in its process by default. */
  readonly services?: 'all-in-one' | 'separate'
  /** Whether it goes to the core of what is measured, with all that it starts. */
  readonly isPinned?: boolean
  /** Settings, added to the bench's own. */
  readonly environment?: Readonly<Record<string, string>>
  /** A library that is loaded into the processes of Postgres. */
  readonly preload?: string | undefined
}

/** Time on a core that each kind of process has used so far, in microseconds. */
export interface KindsUsage {
  readonly nodeMicros: number
  readonly postgresMicros: number
}

const settingOf = (service: string) => `DATABASE_URL_${service.toUpperCase()}`
const brokers = ['nats-server', 'valkey-server', 'redis-server']

let platform: Platform | undefined
let cluster: Cluster | undefined

async function start(options: PlatformStart): Promise<PlatformPlace> {
  const { dataDirectory, services: placement = 'all-in-one', isPinned = false, preload } = options
  if (isPinned) moveToGatewayCore()
  platform = await startPlatform({
    // Nothing of the operator's own environment: an address there would put other parts in place of the embedded.
    environment: {
      LOG_LEVEL: 'error',
      ...(await databasesOf(dataDirectory, preload)),
      ...options.environment,
    },
    dataDirectory,
    host: '127.0.0.1',
    port: 0,
    services: placement,
    progress: silentProgress,
  })
  const { url, environment } = platform
  const databaseUrls = serviceNames.map((name) => [name, environment[settingOf(name)] ?? ''])
  const authSecret = environment['HEADCOUNT_AUTH_SECRET'] ?? ''
  return { url, databaseUrls: Object.fromEntries(databaseUrls), authSecret }
}

/** The platform starts its Postgres itself, but it would load nothing into it. */
async function databasesOf(dataDirectory: string, preload: string | undefined) {
  if (preload === undefined) return {}
  const own = await startCluster({ dataDirectory, environment: { LD_PRELOAD: preload } })
  cluster = own
  return Object.fromEntries(databaseNames.map((name) => [settingOf(name), own.url(`headcount_${name}`)]))
}

/** What all its processes have used but the databases and brokers, which do the same work wherever the services are. */
function programUsage(): TreeUsage {
  return treeUsage(process.pid, ['postgres', ...brokers])
}

function kindsUsage(): KindsUsage {
  const nodeMicros = programUsage().cpuMicros
  return { nodeMicros, postgresMicros: treeUsage(process.pid, brokers).cpuMicros - nodeMicros }
}

async function stop(): Promise<void> {
  await platform?.stop()
  await cluster?.stop()
}

answerParent({ start, programUsage, kindsUsage }, stop)
