import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Cluster, startCluster } from '@headcount/postgres'

/** Starts a cluster in a new temporary folder; `stop` also removes it. */
export async function startThrowAwayCluster(): Promise<Cluster> {
  const dataDirectory = mkdtempSync(join(tmpdir(), 'headcount-test-'))
  // mkdtemp makes it for its user alone, but a server started by root runs as another.
  chmodSync(dataDirectory, 0o711)
  const cluster = await startCluster({ dataDirectory, durable: false })
  return {
    ...cluster,
    async stop() {
      await cluster.stop()
      rmSync(dataDirectory, { recursive: true, force: true })
    },
  }
}
