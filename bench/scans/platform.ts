// The platform under load: the program that `headcount up` runs, all in one process, its embedded Postgres durable.
import { type Platform, silentProgress, startPlatform } from '@headcount/platform'
import { answerParent } from '../processes/answer-parent.ts'

/** Where it is, and its databases by service. */
export interface PlatformPlace {
  readonly url: string
  readonly databaseUrls: Readonly<Record<string, string>>
}

let platform: Platform | undefined

async function start({ dataDirectory }: { dataDirectory: string }): Promise<PlatformPlace> {
  platform = await startPlatform({
    // Nothing of the operator's own environment: an address there would put other parts in place of the embedded.
    environment: { LOG_LEVEL: 'error' },
    dataDirectory,
    host: '127.0.0.1',
    port: 0,
    services: 'all-in-one',
    progress: silentProgress,
  })
  const { url, environment } = platform
  const names = ['auth', 'gates']
  const databaseUrls = names.map((name) => [name, environment[`DATABASE_URL_${name.toUpperCase()}`] ?? ''])
  return { url, databaseUrls: Object.fromEntries(databaseUrls) }
}

answerParent({ start }, () => platform?.stop())
