import { existsSync, readdirSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { startThrowAwayCluster } from '../testing/throw-away-cluster.ts'
import { checkMigrations } from './check-migrations.ts'
import { readToolConfig } from './config.ts'
import { newMigration } from './new-migration.ts'

const HELP = `Makes and checks the migrations of the databases.

  pnpm db:migrate:new SERVICE NAME   write the migration that schema.prisma needs, e.g. "events add_time_zone"
  pnpm db:check [SERVICE...]         exit 1 and show the SQL when a schema.prisma has changes without a migration

  --root DIR                         the repository to work on; default: this one

SERVICE is a folder with prisma/schema.prisma: one of subgraphs/, or registry.
A throw-away Postgres is started for the work, unless DATABASE_URL names a server where databases may be made.
Starting a service applies its migrations; there is no command for that.`

let root = resolve(import.meta.dirname, '../../..')

/** A mistake in how the command was called. */
class UsageError extends Error {}

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { help: { type: 'boolean', short: 'h', default: false }, root: { type: 'string' } },
  })
  if (values.root) root = resolve(values.root)
  const [command, ...rest] = positionals
  if (values.help) {
    console.log(HELP)
    return 0
  }
  if (command === 'new') return await writeMigration(rest)
  if (command === 'check') return await check(rest)
  throw new UsageError(command ? `There is no command "${command}"` : 'A command is missing')
}

async function writeMigration([service, name, ...more]: string[]): Promise<number> {
  if (!service || !name || more.length > 0) throw new UsageError('new takes SERVICE and NAME')
  if (!/^[a-z][a-z0-9_]{0,99}$/.test(name)) {
    throw new UsageError(
      `NAME is "${name}", but may hold small letters, digits and _ alone, such as add_time_zone`,
    )
  }
  const directory = prismaDirectory(service)
  const file = await withServer((url) => newMigration({ url, directory, name }))
  console.log(
    file
      ? `wrote ${relative(root, file)}: read it before you commit it`
      : 'nothing to do: the migrations lead to schema.prisma',
  )
  return 0
}

async function check(named: string[]): Promise<number> {
  const services = named.length > 0 ? named : allServices()
  const directories = services.map((service) => ({ service, directory: prismaDirectory(service) }))
  return await withServer(async (url) => {
    let changed = 0
    for (const { service, directory } of directories) {
      const sql = await checkMigrations({ url, directory })
      console.log(
        sql === undefined
          ? `${service}: ok`
          : `${service}: schema.prisma has changes without a migration:\n\n${sql}`,
      )
      if (sql === undefined) continue
      changed++
      console.log(`pnpm db:migrate:new ${service} NAME writes it.\n`)
    }
    return changed === 0 ? 0 : 1
  })
}

function allServices(): string[] {
  const subgraphs = readdirSync(join(root, 'subgraphs'))
  return [...subgraphs, 'registry'].filter((service) => existsSync(join(folderOf(service), 'schema.prisma')))
}

function prismaDirectory(service: string): string {
  const directory = folderOf(service)
  if (/^[a-z-]+$/.test(service) && existsSync(join(directory, 'schema.prisma'))) return directory
  throw new UsageError(
    `There is no service "${service}" with a database; there are: ${allServices().join(', ')}`,
  )
}

function folderOf(service: string): string {
  return join(root, service === 'registry' ? 'registry' : join('subgraphs', service), 'prisma')
}

async function withServer<T>(work: (url: string) => Promise<T>): Promise<T> {
  const { databaseUrl } = readToolConfig()
  if (databaseUrl) return await work(databaseUrl)
  const cluster = await startThrowAwayCluster()
  try {
    return await work(cluster.url('postgres'))
  } finally {
    cluster.remove()
  }
}

try {
  process.exitCode = await main()
} catch (error) {
  const isUsage = error instanceof UsageError || (error instanceof TypeError && 'code' in error)
  console.error(error instanceof Error ? error.message : String(error))
  if (isUsage) console.error('--help shows what there is.')
  process.exitCode = isUsage ? 2 : 1
}
