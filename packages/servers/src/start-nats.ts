import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { answers } from './answers.ts'
import { requireServer } from './require-server.ts'
import { type RunningServer, startServer } from './start-server.ts'

/** Where a server keeps its files and listens. */
export interface StartServerOptions {
  /** Made where it does not exist. */
  directory: string
  /** Default: a free one. */
  port?: number
}

/**
 * Starts a NATS server with JetStream, whose files lie in the directory and survive a restart. What it has
 * acknowledged is on the disk. Rejects where `findServer` finds none.
 */
export async function startNats({ directory, port }: StartServerOptions): Promise<RunningServer> {
  const { path } = await requireServer('nats-server')
  await mkdir(directory, { recursive: true })
  const configFile = join(directory, 'nats.conf')
  const store = JSON.stringify(join(directory, 'jetstream'))
  await writeFile(configFile, `jetstream { store_dir: ${store}, sync_interval: always }\n`)
  return startServer({
    name: 'nats-server',
    path,
    port,
    args: (chosen) => ['-c', configFile, '-a', '127.0.0.1', '-p', String(chosen)],
    url: (chosen) => `nats://127.0.0.1:${chosen}`,
    isReady: (chosen) => answers(chosen, { expect: '"jetstream":true' }),
  })
}
