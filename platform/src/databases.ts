import { fileURLToPath } from 'node:url'
import { migrate } from '@headcount/database'
import { type Cluster, startCluster } from '@headcount/postgres'
import type { Logger } from 'pino'
import { folderOf, serviceNames } from './domain-services.ts'
import { databaseSetting, type Environment, servicesToEmbed } from './environment.ts'
import type { Progress } from './progress.ts'

/** Starts the embedded Postgres where a service needs it; undefined when the operator named every database. */
export async function startDatabases(
  environment: Environment,
  { dataDirectory, log, progress }: { dataDirectory: string; log: Logger; progress: Progress },
): Promise<Cluster | undefined> {
  const embedded = servicesToEmbed(environment)
  if (embedded.length === 0) return undefined
  const cluster = await startCluster({ dataDirectory, log, onProgress: (message) => progress.step(message) })
  const what = cluster.isAdopted ? 'embedded Postgres found running' : 'embedded Postgres'
  progress.done(`Databases of ${embedded.join(', ')}: ${what} on port ${cluster.port}`)
  return cluster
}

/** Brings every database to the state of its migrations; makes those that are missing. */
export async function migrateDatabases(environment: Environment, progress: Progress): Promise<void> {
  progress.step('Bringing the databases up to date')
  const applied = await Promise.all(
    serviceNames.map(async (service) => {
      const url = environment[databaseSetting(service)] ?? ''
      const directory = fileURLToPath(new URL('prisma', folderOf(service)))
      return (await migrate({ url, directory })).applied.length
    }),
  )
  const total = applied.reduce((sum, count) => sum + count, 0)
  if (total > 0) progress.done(`Migrations applied: ${total}`)
}
