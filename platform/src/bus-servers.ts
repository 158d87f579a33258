import { join } from 'node:path'
import { type RunningServer, startNats, startValkey } from '@headcount/servers'
import type { Environment } from './environment.ts'
import type { Progress } from './progress.ts'

/** The queue and pub/sub that several processes need between them. */
export interface BusServers {
  readonly environment: { readonly NATS_URL: string; readonly REDIS_URL: string }
  stop(): Promise<void>
}

/** What {@link startBusServers} needs. */
export interface BusServersOptions {
  readonly dataDirectory: string
  readonly progress: Progress
}

/** Those that the operator named; what is not named is started from what the machine has. */
export async function startBusServers(
  { NATS_URL, REDIS_URL }: Environment,
  { dataDirectory, progress }: BusServersOptions,
): Promise<BusServers> {
  const directory = join(dataDirectory, 'servers')
  const started: RunningServer[] = []
  const begin = async (start: typeof startNats, name: string) => {
    const server = await start({ directory: join(directory, name) })
    started.push(server)
    progress.done(`${name} on port ${server.port}`)
    return server.port
  }
  const stop = async () => void (await Promise.all(started.map((server) => server.stop())))
  try {
    return {
      environment: {
        NATS_URL: NATS_URL || `nats://127.0.0.1:${await begin(startNats, 'NATS')}`,
        REDIS_URL: REDIS_URL || `redis://127.0.0.1:${await begin(startValkey, 'Valkey')}`,
      },
      stop,
    }
  } catch (error) {
    await stop()
    throw error
  }
}
