import { clusterFolder, readPlace } from './place.ts'
import { findPostmaster, waitFor } from './postmaster.ts'
import { isPostgresOn } from './process-identity.ts'

const FAST_STOP_MS = 30_000
const IMMEDIATE_STOP_MS = 5_000

/**
 * Stops the server of a data directory, whoever started it: a fast shutdown (open transactions are rolled back,
 * everything is written out), and an immediate one if that takes more than 30 s (the next start then replays the log).
 * Does nothing when none runs.
 */
export async function stopCluster(dataDirectory: string): Promise<void> {
  const place = readPlace(dataDirectory)
  if (place) await stopServer(clusterFolder(place))
}

/** Stops the server that works on this data folder. */
export async function stopServer(folder: string): Promise<void> {
  const pid = findPostmaster(folder)?.pid
  if (pid === undefined) return
  const isGone = () => (isPostgresOn(pid, folder) ? undefined : true)
  signal(pid, 'SIGINT')
  if (await waitFor(isGone, FAST_STOP_MS)) return
  signal(pid, 'SIGQUIT')
  await waitFor(isGone, IMMEDIATE_STOP_MS)
}

/** Signals a process that may just have ended. */
export function signal(pid: number, name: 'SIGINT' | 'SIGQUIT'): void {
  try {
    process.kill(pid, name)
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error
  }
}
