import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { readToolConfig } from '../src/config.ts'
import { migrate } from '../src/migrate.ts'
import { migrationsFingerprint, readMigrationsFolder } from '../src/migrations-folder.ts'
import { databaseUrl, withClient } from '../src/server-databases.ts'

/** A database of one test file. */
export interface TestDatabase {
  /** Its connection URL. */
  url: string
  /** Drops it, and whoever is still connected to it. */
  drop(): Promise<void>
}

/**
 * Makes a database with all migrations of a `prisma/` folder. The first call of a run migrates a template; each
 * database is a copy of it, which takes some 50 ms. Without a folder the database is empty.
 */
export async function createTestDatabase(prismaDirectory?: string): Promise<TestDatabase> {
  const server = readToolConfig().testPostgres
  if (!server)
    throw new Error('HEADCOUNT_TEST_POSTGRES is not set: run vitest from the root of the repository')
  const name = `test_${randomUUID().replaceAll('-', '')}`
  await withClient(databaseUrl(server, 'postgres'), async (client) => {
    const template = prismaDirectory ? await prepareTemplate(client, server, prismaDirectory) : 'template0'
    await client.query(`CREATE DATABASE ${name} TEMPLATE ${pg.escapeIdentifier(template)}`)
  })
  return {
    url: databaseUrl(server, name),
    drop: () =>
      withClient(databaseUrl(server, 'postgres'), async (client) => {
        await client.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`)
      }),
  }
}

/** Makes the template of these migrations once a server; test files that come meanwhile wait. */
async function prepareTemplate(client: pg.Client, server: string, prismaDirectory: string): Promise<string> {
  const template = `template_${migrationsFingerprint(readMigrationsFolder(prismaDirectory)).slice(0, 32)}`
  await client.query('SELECT pg_advisory_lock(hashtextextended($1, 0))', [template])
  try {
    const { rowCount } = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [template])
    if (rowCount) return template
    // Under another name until it is whole: a run that breaks off here leaves no half template behind.
    const partial = `${template}_${randomUUID().slice(0, 8)}`
    await migrate({ url: databaseUrl(server, partial), directory: prismaDirectory })
    await client.query(`ALTER DATABASE ${partial} RENAME TO ${template}`)
    return template
  } finally {
    await client.query('SELECT pg_advisory_unlock(hashtextextended($1, 0))', [template])
  }
}
