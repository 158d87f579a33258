import { mkdir } from 'node:fs/promises'
import { answers } from './answers.ts'
import { requireServer } from './require-server.ts'
import type { StartServerOptions } from './start-nats.ts'
import { type RunningServer, startServer } from './start-server.ts'

/** How a Valkey is started. */
export interface StartValkeyOptions extends StartServerOptions {
  /** Options of its own command line beside ours, such as `--cluster-enabled yes`. */
  readonly args?: readonly string[]
}

/**
 * Starts a Valkey (or Redis) server that keeps everything in memory and nothing on the disk. Rejects where
 * `findServer` finds none.
 */
export async function startValkey({
  directory,
  port,
  args = [],
}: StartValkeyOptions): Promise<RunningServer> {
  const { path } = await requireServer('valkey-server')
  await mkdir(directory, { recursive: true })
  return startServer({
    name: 'valkey-server',
    path,
    port,
    args: (chosen) => [
      ...['--port', String(chosen), '--bind', '127.0.0.1', '--dir', directory],
      ...['--save', '', '--appendonly', 'no', '--daemonize', 'no', ...args],
    ],
    url: (chosen) => `redis://127.0.0.1:${chosen}`,
    isReady: (chosen) => answers(chosen, { send: 'PING\r\n', expect: '+PONG' }),
  })
}
