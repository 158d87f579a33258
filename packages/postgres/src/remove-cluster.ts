import { rmSync } from 'node:fs'
import { explainFileError } from './errors.ts'
import { own } from './owner.ts'
import { clusterFolder, forgetPlace, logFile, type Place, readPlace } from './place.ts'
import { findPostmaster } from './postmaster.ts'
import { isPostgresOn } from './process-identity.ts'
import { signal } from './stop-cluster.ts'

const END_MS = 5_000
const POLL_MS = 5

/**
 * Deletes the cluster of a data directory for good, with all databases in it. A server that a dead owner left
 * running there is ended first. Works synchronously, so that a handler of the process' exit can call it.
 * @returns whether there was a cluster.
 * @throws ClusterError `OWNED` when a living process uses the data directory.
 */
export function removeCluster(dataDirectory: string): boolean {
  try {
    const place = readPlace(dataDirectory)
    if (place) remove(dataDirectory, place)
    return place !== undefined
  } catch (error) {
    throw explainFileError(error, dataDirectory)
  }
}

function remove(dataDirectory: string, place: Place): void {
  const owner = own(dataDirectory)
  try {
    endServer(clusterFolder(place))
    rmSync(clusterFolder(place), { recursive: true, force: true })
    rmSync(logFile(place), { force: true })
    if (place.folder !== dataDirectory) rmSync(place.folder, { recursive: true, force: true })
    forgetPlace(dataDirectory)
  } finally {
    owner.release()
  }
}

/** Ends the server without writing anything out: its data are about to go. */
function endServer(folder: string): void {
  const pid = findPostmaster(folder)?.pid
  if (pid === undefined) return
  signal(pid, 'SIGQUIT')
  const clock = new Int32Array(new SharedArrayBuffer(4))
  const deadline = performance.now() + END_MS
  while (isPostgresOn(pid, folder) && performance.now() < deadline) Atomics.wait(clock, 0, 0, POLL_MS)
}
