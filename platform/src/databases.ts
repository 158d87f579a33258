import { fileURLToPath } from 'node:url'
import { migrate } from '@headcount/database'
import { type Cluster, startCluster } from '@headcount/postgres'
import type { Logger } from 'pino'
import { folderOf } from './domain-services.ts'
import {
  type DatabaseName,
  databaseNames,
  databaseSetting,
  databasesToEmbed,
  type Environment,
} from './environment.ts'
import type { Progress } from './progress.ts'

const registryFolder = new URL('../../registry/', import.meta.url)

/** The folder with a database's `schema.prisma` and migrations. */
export function migrationsOf(name: DatabaseName): string {
  return fileURLToPath(new URL('prisma', name === 'registry' ? registryFolder : folderOf(name)))
}

/** Starts the embedded Postgres where a part needs it; undefined when the operator named every database. */
export async function startDatabases(
  environment: Environment,
  { dataDirectory, log, progress }: { dataDirectory: string; log: Logger; progress: Progress },
): Promise<Cluster | undefined> {
  const embedded = databasesToEmbed(environment)
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
    databaseNames.map(async (name) => {
      const url = environment[databaseSetting(name)] ?? ''
      const directory = migrationsOf(name)
      return (await migrate({ url, directory })).applied.length
    }),
  )
  const total = applied.reduce((sum, count) => sum + count, 0)
  if (total > 0) progress.done(`Migrations applied: ${total}`)
}
