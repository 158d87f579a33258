import { spawn, spawnSync } from 'node:child_process'
import {
  chownSync,
  closeSync,
  existsSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Account } from './account.ts'
import { explainFailure } from './errors.ts'
import type { Programs } from './native.ts'
import { clusterFolder, logFile, makeServerFolder, type Place } from './place.ts'
import { readPidFile, waitFor } from './postmaster.ts'
import { serverSettings } from './settings.ts'

/** The database account that owns everything in the cluster. */
export const USER = 'headcount'

const START_MS = 60_000
const KEPT_LOG_BYTES = 4_000
const LONGEST_LOG_BYTES = 10_000_000
const SHARED_MEMORY_RETRIES = 20
const SHARED_MEMORY_RETRY_MS = 250

interface ServerOptions {
  place: Place
  programs: Programs
  account: Account | undefined
  durable: boolean
  /** Added to the server's own. */
  environment: Readonly<Record<string, string>>
}

/** Makes the data folder. A start that is interrupted here leaves nothing that the next one would take for whole. */
export function initialise({ place, programs, account, durable }: ServerOptions): void {
  const partial = join(place.folder, 'cluster.partial')
  const passwordFile = join(place.folder, 'password.partial')
  rmSync(partial, { recursive: true, force: true })
  makeServerFolder(partial, account)
  writeFileSync(passwordFile, place.password, { mode: 0o600 })
  if (account) chownSync(passwordFile, account.uid, account.gid)
  try {
    const { status, stderr, error } = spawnSync(
      programs.initdb,
      [
        `--pgdata=${partial}`,
        `--username=${USER}`,
        `--pwfile=${passwordFile}`,
        '--auth=scram-sha-256',
        '--encoding=UTF8',
        // C.UTF-8 by Postgres' own tables: the same order on every machine, whatever locales it has.
        '--locale-provider=builtin',
        '--builtin-locale=C.UTF-8',
        '--locale=C',
        '--no-instructions',
        ...(durable ? [] : ['--no-sync']),
      ],
      { ...account, cwd: place.folder, env: environment(), encoding: 'utf8' },
    )
    if (status !== 0) throw explainFailure('make its data folder', place.folder, stderr || String(error))
    renameSync(partial, clusterFolder(place))
  } finally {
    rmSync(passwordFile, { force: true })
    rmSync(partial, { recursive: true, force: true })
  }
}

/** Starts the server in a session of its own, so that Ctrl-C does not reach it, and waits until it accepts connections. */
export async function startServer(options: ServerOptions, port: number): Promise<void> {
  for (let attempt = 0; ; attempt++) {
    const failure = await tryStart(options, port)
    if (failure === undefined) return
    // The workers of a server that was killed need a moment to notice it and to let go of its memory.
    const isMemoryHeld = /pre-existing shared memory block|lock file "postmaster.pid" already exists/.test(
      failure,
    )
    if (!isMemoryHeld || attempt === SHARED_MEMORY_RETRIES)
      throw explainFailure('start', options.place.folder, failure)
    await sleep(SHARED_MEMORY_RETRY_MS)
  }
}

/** Answers what the server printed when it failed, undefined when it runs. */
async function tryStart(options: ServerOptions, port: number) {
  const { place, programs, account, durable } = options
  const folder = clusterFolder(place)
  const log = logFile(place)
  if (existsSync(log) && statSync(log).size > LONGEST_LOG_BYTES) renameSync(log, `${log}.1`)
  const logDescriptor = openSync(log, 'a', 0o600)
  const startOfLog = statSync(log).size
  const settings = Object.entries(serverSettings(port, durable)).flatMap(([key, value]) => [
    '-c',
    `${key}=${value}`,
  ])
  const server = spawn(programs.postgres, ['-D', folder, ...settings], {
    ...account,
    cwd: place.folder,
    env: { ...environment(), ...options.environment },
    detached: true,
    stdio: ['ignore', logDescriptor, logDescriptor],
  })
  closeSync(logDescriptor)
  server.unref()
  const said = () => readFileSync(log).subarray(startOfLog).toString('utf8').slice(-KEPT_LOG_BYTES)
  let failure: string | undefined
  server.on('error', (error) => {
    failure = error.message
  })
  const onExit = () => {
    failure ??= said()
  }
  server.once('exit', onExit)
  const isReady = () => {
    const postmaster = readPidFile(folder)
    return failure ?? (postmaster?.pid === server.pid && postmaster?.status === 'ready' ? true : undefined)
  }
  const outcome = await waitFor(isReady, START_MS)
  server.off('exit', onExit)
  if (outcome === true) return undefined
  if (outcome === undefined) server.kill('SIGINT')
  return outcome ?? `it was not ready after ${START_MS / 1000} s. ${said()}`
}

// Nothing of the caller's environment (PGPORT, PGDATA, LC_ALL and the like) may steer the server.
function environment(): Record<string, string> {
  return { PATH: '/usr/local/bin:/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' }
}
