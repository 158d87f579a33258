import { existsSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import type { Logger } from 'pino'
import { type Account, serverAccount } from './account.ts'
import { ClusterError, explainFileError } from './errors.ts'
import { findPrograms } from './native.ts'
import { own } from './owner.ts'
import {
  abandonedFolders,
  choosePlace,
  clusterFolder,
  type Place,
  prepareDataDirectory,
  readPlace,
  writePlace,
} from './place.ts'
import { choosePort } from './port.ts'
import { findPostmaster, type Postmaster, waitFor } from './postmaster.ts'
import { removeCluster } from './remove-cluster.ts'
import { initialise, startServer, USER } from './server.ts'
import { stopServer } from './stop-cluster.ts'

/** What {@link startCluster} needs. */
export interface StartClusterOptions {
  /** The folder of the platform's data. Made when missing. One running process may use it at a time. */
  dataDirectory: string
  /**
   * Whether what is committed survives a crash of the machine. Default true; false is for throw-away clusters
   * of tests, which are about twice as fast with it.
   */
  durable?: boolean
  /** Environment of a server that is started, beside a fixed PATH, locale and time zone. Nothing of the caller's own reaches it. */
  environment?: Readonly<Record<string, string>>
  /** Told when a server is started, adopted or stopped. */
  log?: Pick<Logger, 'info'>
  /** Told in a few words about a step that takes a while, for a person who waits. */
  onProgress?: (message: string) => void
}

/** A running embedded Postgres. */
export interface Cluster {
  /** The TCP port on 127.0.0.1. */
  readonly port: number
  /** Whether the server was found running, left by an owner that died. */
  readonly isAdopted: boolean
  /** The connection URL of a database of this cluster, password included. The database need not exist. */
  url(database: string): string
  /** Stops the server (see {@link stopCluster}) and gives the data directory free. */
  stop(): Promise<void>
  /** Ends the server at once and deletes its data for good (see {@link removeCluster}). Synchronous. */
  destroy(): void
}

const START_ATTEMPTS = 5
const ADOPT_MS = 30_000

/**
 * Starts the embedded Postgres of a data directory, or adopts it when it still runs there because its last owner
 * was killed. Makes the data on the first call. Listens on loopback alone; as root the server runs as `nobody`.
 * @throws ClusterError with one clear line.
 */
export async function startCluster(options: StartClusterOptions): Promise<Cluster> {
  const dataDirectory = prepareDataDirectory(options.dataDirectory)
  const owner = own(dataDirectory)
  try {
    const account = serverAccount()
    const place = readPlace(dataDirectory) ?? choosePlace(dataDirectory, account)
    const folder = clusterFolder(place)
    const adopted = await adopt(place)
    const port = adopted?.port ?? (await start({ ...options, dataDirectory, place, account }))
    options.log?.info({ port, folder, isAdopted: adopted !== undefined }, 'postgres is running')
    return {
      port,
      isAdopted: adopted !== undefined,
      url: (database) => urlOf(place, port, database),
      async stop() {
        try {
          await stopServer(folder)
        } finally {
          owner.release()
        }
        options.log?.info({ port, folder }, 'postgres has stopped')
      },
      destroy() {
        owner.release()
        removeCluster(dataDirectory)
      },
    }
  } catch (error) {
    owner.release()
    throw explainFileError(error, dataDirectory)
  }
}

interface StartOptions extends StartClusterOptions {
  place: Place
  account: Account | undefined
}

async function start(options: StartOptions) {
  const { place, account, dataDirectory, durable = true, environment = {}, onProgress = () => {} } = options
  const programs = await findPrograms(account, onProgress)
  const server = { place, programs, account, durable, environment }
  if (!existsSync(clusterFolder(place))) {
    const isElsewhere = place.folder !== dataDirectory
    for (const folder of isElsewhere ? abandonedFolders() : []) {
      onProgress(`${folder} holds the data of a folder that is gone: remove it if you do not miss them`)
    }
    onProgress('Making the database cluster')
    initialise(server)
  }
  checkFolder(clusterFolder(place), programs.version, account)
  onProgress('Starting Postgres')
  let preferred = place.port
  for (let attempt = 1; ; attempt++) {
    const port = await choosePort(preferred)
    try {
      await startServer(server, port)
      if (port !== place.port) writePlace(dataDirectory, { ...place, port })
      return port
    } catch (error) {
      // Somebody took the port between the look and the start.
      const isTaken = error instanceof ClusterError && error.code === 'PORT_TAKEN'
      if (!isTaken || attempt === START_ATTEMPTS) throw error
      preferred = undefined
    }
  }
}

function checkFolder(folder: string, version: string, account: Account | undefined): void {
  const expected = account?.uid ?? process.getuid?.()
  const { uid } = statSync(folder)
  if (expected !== undefined && uid !== expected) {
    throw new ClusterError(
      'FOREIGN_DIRECTORY',
      `The data in ${folder} belong to the user ${uid}, but the server would run as ${expected}: start as the user who made them, or choose another directory with --data`,
    )
  }
  const written = readFileSync(join(folder, 'PG_VERSION'), 'utf8').trim()
  const [major] = version.split('.')
  if (written !== major) {
    throw new ClusterError(
      'OTHER_VERSION',
      `The data in ${folder} were written by Postgres ${written}, this is ${major}: docs/operations/database.md says how to move them`,
    )
  }
}

async function adopt(place: Place): Promise<Postmaster | undefined> {
  const folder = clusterFolder(place)
  if (!existsSync(folder)) return undefined
  const settled = await waitFor(() => {
    const postmaster = findPostmaster(folder)
    if (!postmaster) return 'none'
    return postmaster.status === 'ready' ? postmaster : undefined
  }, ADOPT_MS)
  if (settled === 'none') return undefined
  if (settled && (await answers(place, settled.port, folder))) return settled
  const pid = settled?.pid ?? findPostmaster(folder)?.pid
  throw new ClusterError(
    'START_FAILED',
    `The Postgres process ${pid} holds ${folder} but does not answer: stop it and start again`,
  )
}

async function answers(place: Place, port: number, folder: string): Promise<boolean> {
  const client = new pg.Client({
    connectionString: urlOf(place, port, 'postgres'),
    connectionTimeoutMillis: 5_000,
  })
  client.on('error', () => {})
  try {
    await client.connect()
    const { rows } = await client.query<{ data_directory: string }>('SHOW data_directory')
    return rows[0]?.data_directory === folder
  } catch {
    return false
  } finally {
    await client.end().catch(() => {})
  }
}

function urlOf(place: Place, port: number, database: string): string {
  return `postgres://${USER}:${place.password}@127.0.0.1:${port}/${encodeURIComponent(database)}`
}
