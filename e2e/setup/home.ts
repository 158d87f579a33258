import { randomUUID } from 'node:crypto'
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { createTestDatabase, type TestDatabase } from '@headcount/database/testing'
import { removeCluster } from '@headcount/postgres'
import { type PlatformProcess, processesOf } from './processes.ts'

/** The five services. */
export const serviceNames = ['auth', 'events', 'participants', 'gates', 'analytics'] as const
/** What has a database. */
export const databaseNames = [...serviceNames, 'registry'] as const
/** Name of what has a database. */
export type DatabaseName = (typeof databaseNames)[number]

/** Where platforms keep their data: outlives each of them. */
export interface Home {
  /** Its folder; the data directory is `data` in it. */
  readonly folder: string
  readonly dataDirectory: string
  /** What a platform must be started with to live here. */
  readonly environment: Readonly<Record<string, string>>
  /** Where a database is. With the embedded Postgres: once it was started. */
  databaseUrl(name: DatabaseName): string
  /** What runs here now. */
  processes(): PlatformProcess[]
  /** Ends what still runs here and deletes everything. */
  remove(): Promise<void>
}

/** Makes a home on databases of the test run's Postgres: migrated already, and quick. */
export async function makeHome(names: readonly DatabaseName[] = databaseNames): Promise<Home> {
  const databases = new Map<DatabaseName, TestDatabase>()
  for (const name of names) {
    const folder = name === 'registry' ? name : `subgraphs/${name}`
    const prisma = fileURLToPath(new URL(`../../${folder}/prisma`, import.meta.url))
    databases.set(name, await createTestDatabase(prisma))
  }
  const urlOf = (name: DatabaseName) => databases.get(name)?.url ?? ''
  const settings = names.map((name) => [`DATABASE_URL_${name.toUpperCase()}`, urlOf(name)])
  return homeOf({
    environment: Object.fromEntries(settings),
    databaseUrl: () => urlOf,
    removeDatabases: async () => {
      await Promise.all([...databases.values()].map((database) => database.drop()))
    },
  })
}

/** Makes a home whose platform brings its own Postgres, as it does for a user. */
export function makeEmbeddedHome(): Home {
  return homeOf({
    environment: {},
    databaseUrl: (dataDirectory) => (name) => {
      const { port, password } = readPlace(dataDirectory)
      return `postgres://headcount:${password}@127.0.0.1:${port}/headcount_${name}`
    },
    removeDatabases: async (dataDirectory) => void removeCluster(dataDirectory),
  })
}

interface HomeParts {
  readonly environment: Readonly<Record<string, string>>
  readonly databaseUrl: (dataDirectory: string) => (name: DatabaseName) => string
  readonly removeDatabases: (dataDirectory: string) => Promise<void>
}

function homeOf({ environment, databaseUrl, removeDatabases }: HomeParts): Home {
  const folder = mkdtempSync(join(tmpdir(), 'headcount-e2e-'))
  // mkdtemp makes it for its user alone, but a Postgres started by root runs as another.
  chmodSync(folder, 0o711)
  const dataDirectory = join(folder, 'data')
  const mark = `HEADCOUNT_E2E_HOME=${randomUUID()}`
  const processes = () => processesOf(mark, [folder, ...elsewhere(dataDirectory)])
  return {
    folder,
    dataDirectory,
    environment: { ...environment, HEADCOUNT_E2E_HOME: mark.slice(mark.indexOf('=') + 1) },
    databaseUrl: databaseUrl(dataDirectory),
    processes,
    async remove() {
      await endAll(() => processes().filter(({ command }) => !/\bpostgres\b/.test(command)))
      await removeDatabases(dataDirectory)
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** Ends processes the hard way; each is looked at again, since a supervisor may just have started another. */
async function endAll(find: () => PlatformProcess[]): Promise<void> {
  for (let left = find(); left.length > 0; left = find()) {
    for (const { pid } of left) {
      try {
        process.kill(pid, 'SIGKILL')
      } catch {
        // Gone by itself.
      }
    }
    await sleep(20)
  }
}

interface PostgresPlace {
  readonly folder: string
  readonly port: number
  readonly password: string
}

function readPlace(dataDirectory: string): PostgresPlace {
  return JSON.parse(readFileSync(join(dataDirectory, 'postgres.json'), 'utf8'))
}

/** The folder of the embedded Postgres, where it could not be in the data directory. */
function elsewhere(dataDirectory: string): string[] {
  return existsSync(join(dataDirectory, 'postgres.json')) ? [readPlace(dataDirectory).folder] : []
}
