import { randomBytes } from 'node:crypto'
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { type Account, canEnter, systemDirectory } from './account.ts'
import { ClusterError, explainFileError } from './errors.ts'

/** What a data directory remembers of its cluster, in `postgres.json` (mode 0600). */
export interface Place {
  /** The folder that holds `cluster/` and `postgres.log`: the data directory itself, or one that `nobody` can enter. */
  folder: string
  /** The password of the account `headcount` of the server. */
  password: string
  /** The port of the last start. */
  port?: number
}

/** The data folder of Postgres itself (PGDATA). */
export const clusterFolder = (place: Place) => join(place.folder, 'cluster')

/** What the server has printed. */
export const logFile = (place: Place) => join(place.folder, 'postgres.log')

/** Makes the data directory when it is missing and answers its real path. */
export function prepareDataDirectory(dataDirectory: string): string {
  try {
    mkdirSync(dataDirectory, { recursive: true, mode: 0o711 })
    const { uid } = statSync(dataDirectory)
    const me = process.getuid?.()
    if (me !== undefined && me !== 0 && uid !== me) {
      throw new ClusterError(
        'FOREIGN_DIRECTORY',
        `The data directory ${dataDirectory} belongs to the user ${uid}, not to ${me}: start as that user, or choose another directory with --data`,
      )
    }
    return realpathSync(dataDirectory)
  } catch (error) {
    throw explainFileError(error, dataDirectory)
  }
}

/** Reads where the cluster of this data directory lies; undefined before the first start. */
export function readPlace(dataDirectory: string): Place | undefined {
  const file = stateFile(dataDirectory)
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Place) : undefined
}

/** Chooses where a new cluster lies and remembers it. */
export function choosePlace(dataDirectory: string, account: Account | undefined): Place {
  const elsewhere = account !== undefined && !canEnter(dataDirectory, account)
  const id = randomBytes(8).toString('hex')
  const folder = elsewhere ? join(systemDirectory('lib'), id) : dataDirectory
  if (elsewhere) {
    mkdirSync(folder)
    chmodSync(folder, 0o755)
    writeFileSync(join(folder, 'belongs-to'), `${dataDirectory}\n`)
  }
  const place: Place = { folder, password: randomBytes(24).toString('hex') }
  writePlace(dataDirectory, place)
  return place
}

/**
 * Folders outside of data directories whose data directory was deleted or has a new cluster: nobody will use them
 * again. They are told, not removed.
 */
export function abandonedFolders(): string[] {
  const lib = systemDirectory('lib')
  return readdirSync(lib)
    .map((name) => join(lib, name))
    .filter((folder) => {
      const owner = join(folder, 'belongs-to')
      return existsSync(owner) && readPlace(readFileSync(owner, 'utf8').trimEnd())?.folder !== folder
    })
}

/** Remembers the place; whoever reads meanwhile sees the old or the new one whole. */
export function writePlace(dataDirectory: string, place: Place): void {
  const file = stateFile(dataDirectory)
  writeFileSync(`${file}.next`, `${JSON.stringify(place, undefined, 2)}\n`, { mode: 0o600 })
  renameSync(`${file}.next`, file)
}

/** Forgets the place: the next start makes a new cluster. */
export function forgetPlace(dataDirectory: string): void {
  rmSync(stateFile(dataDirectory), { force: true })
}

/** Makes an empty folder that belongs to the account of the server. */
export function makeServerFolder(folder: string, account: Account | undefined): void {
  mkdirSync(folder, { mode: 0o700 })
  if (account) chownSync(folder, account.uid, account.gid)
}

function stateFile(dataDirectory: string): string {
  return join(dataDirectory, 'postgres.json')
}
