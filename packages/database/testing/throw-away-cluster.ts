import { chmodSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ClusterError, removeCluster, startCluster } from '@headcount/postgres'

const PREFIX = 'headcount-throw-away-'

/** A cluster without a tomorrow. */
export interface ThrowAwayCluster {
  /** The connection URL of a database of this cluster. */
  url(database: string): string
  /** Ends the server and removes everything. Called by itself when the process ends, by a signal or not. */
  remove(): void
}

/** Starts a cluster in a new temporary folder, and removes those that processes killed with −9 have left. */
export async function startThrowAwayCluster(): Promise<ThrowAwayCluster> {
  sweep()
  const dataDirectory = mkdtempSync(join(tmpdir(), PREFIX))
  // mkdtemp makes it for its user alone, but a server started by root runs as another.
  chmodSync(dataDirectory, 0o711)
  const cluster = await startCluster({ dataDirectory, durable: false }).catch((error: unknown) => {
    removeCluster(dataDirectory)
    rmSync(dataDirectory, { recursive: true, force: true })
    throw error
  })
  const remove = () => {
    process.off('exit', remove)
    cluster.destroy()
    rmSync(dataDirectory, { recursive: true, force: true })
  }
  process.once('exit', remove)
  return { url: cluster.url, remove }
}

function sweep(): void {
  for (const name of readdirSync(tmpdir())) {
    if (!name.startsWith(PREFIX)) continue
    const dataDirectory = join(tmpdir(), name)
    try {
      // A folder without a cluster may be another run's that starts just now.
      if (removeCluster(dataDirectory)) rmSync(dataDirectory, { recursive: true, force: true })
    } catch (error) {
      // In use, or another user's.
      if (!(error instanceof ClusterError)) throw error
    }
  }
}
