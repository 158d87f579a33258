import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { isAlive, isPostgresOn } from './process-identity.ts'

/** What a running server tells of itself in `postmaster.pid`. */
export interface Postmaster {
  pid: number
  port: number
  status: 'starting' | 'ready' | 'stopping' | 'unknown'
}

const POLL_MS = 15

/** The server that runs on this data folder, or undefined. Puts away a pid file that names another program. */
export function findPostmaster(folder: string): Postmaster | undefined {
  const postmaster = readPidFile(folder)
  if (!postmaster) return undefined
  if (isPostgresOn(postmaster.pid, folder)) return postmaster
  // Postgres itself recognises the file of a dead process, but not that its id now belongs to something else.
  if (isAlive(postmaster.pid)) rmSync(join(folder, 'postmaster.pid'), { force: true })
  return undefined
}

/** Waits for what `check` answers; undefined when the time is over. */
export async function waitFor<T>(check: () => T | undefined, timeoutMs: number): Promise<T | undefined> {
  const deadline = performance.now() + timeoutMs
  for (;;) {
    const found = check()
    if (found !== undefined || performance.now() > deadline) return found
    await sleep(POLL_MS)
  }
}

/** Reads `postmaster.pid`. https://www.postgresql.org/docs/18/storage-file-layout.html */
export function readPidFile(folder: string): Postmaster | undefined {
  let lines: string[]
  try {
    lines = readFileSync(join(folder, 'postmaster.pid'), 'utf8').split('\n')
  } catch {
    return undefined
  }
  const pid = Number(lines[0])
  if (!Number.isInteger(pid) || pid <= 0) return undefined
  return { pid, port: Number(lines[3]), status: statusOf(lines[7]?.trim()) }
}

function statusOf(word: string | undefined): Postmaster['status'] {
  return word === 'ready' || word === 'starting' || word === 'stopping' ? word : 'unknown'
}
