// The platform under load: the program that `headcount up` runs, its embedded Postgres durable.
import { type Platform, silentProgress, startPlatform } from '@headcount/platform'
import { answerParent } from '../processes/answer-parent.ts'
import { moveToGatewayCore } from '../processes/core.ts'
import { type TreeUsage, treeUsage } from '../processes/tree-usage.ts'

/** Where it is, and its databases by service. */
export interface PlatformPlace {
  readonly url: string
  readonly databaseUrls: Readonly<Record<string, string>>
}

/** How it is started. */
export interface PlatformStart {
  readonly dataDirectory: string
  /** All in its process by default. */
  readonly services?: 'all-in-one' | 'separate'
  /** Whether it goes to the core of what is measured, with all that it starts. */
  readonly isPinned?: boolean
}

let platform: Platform | undefined

async function start(options: PlatformStart): Promise<PlatformPlace> {
  const { dataDirectory, services = 'all-in-one', isPinned = false } = options
  if (isPinned) moveToGatewayCore()
  platform = await startPlatform({
    // Nothing of the operator's own environment: an address there would put other parts in place of the embedded.
    environment: { LOG_LEVEL: 'error' },
    dataDirectory,
    host: '127.0.0.1',
    port: 0,
    services,
    progress: silentProgress,
  })
  const { url, environment } = platform
  const names = ['auth', 'gates']
  const databaseUrls = names.map((name) => [name, environment[`DATABASE_URL_${name.toUpperCase()}`] ?? ''])
  return { url, databaseUrls: Object.fromEntries(databaseUrls) }
}

/** What all its processes have used but the databases and brokers, which do the same work wherever the services are. */
function programUsage(): TreeUsage {
  return treeUsage(process.pid, ['postgres', 'nats-server', 'valkey-server', 'redis-server'])
}

answerParent({ start, programUsage }, () => platform?.stop())
