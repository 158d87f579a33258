import { randomUUID } from 'node:crypto'
import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { ClusterError } from './errors.ts'
import { processIdentity } from './process-identity.ts'

interface Owner {
  pid: number
  identity: string
}

/**
 * Makes this process the owner of a data directory until `release` is called or the process dies.
 * @throws ClusterError `OWNED` when another living process owns it, or this one does already.
 */
export function own(dataDirectory: string): { release(): void } {
  const file = join(dataDirectory, 'owner.json')
  const identity = processIdentity(process.pid) ?? ''
  const token = randomUUID()
  const mine = `${file}.${token}`
  writeFileSync(mine, `${JSON.stringify({ pid: process.pid, identity, token })}\n`, { mode: 0o600 })
  try {
    claim(file, mine, dataDirectory)
  } finally {
    rmSync(mine, { force: true })
  }
  return {
    release() {
      if (read(file)?.includes(token)) rmSync(file, { force: true })
    },
  }
}

function claim(file: string, mine: string, dataDirectory: string): void {
  // linkSync is the atomic step: of several processes that try, one alone makes the file.
  for (let attempt = 0; attempt < 10; attempt++) {
    try {
      linkSync(mine, file)
      return
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
    }
    const owner = livingOwner(read(file))
    if (owner) throw owned(dataDirectory, owner.pid)
    discardDead(file, mine)
  }
  throw owned(dataDirectory, undefined)
}

/** Puts the file of a dead owner aside; if a new owner came in between, gives it back. */
function discardDead(file: string, mine: string): void {
  const aside = `${mine}.dead`
  try {
    renameSync(file, aside)
    if (livingOwner(read(aside))) linkSync(aside, file)
  } catch {
    // Another process was quicker: the next attempt sees what it left.
  } finally {
    rmSync(aside, { force: true })
  }
}

function livingOwner(text: string | undefined): Owner | undefined {
  if (text === undefined) return undefined
  try {
    const owner = JSON.parse(text) as Owner
    return processIdentity(owner.pid) === owner.identity ? owner : undefined
  } catch {
    return undefined
  }
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return undefined
  }
}

function owned(dataDirectory: string, pid: number | undefined): ClusterError {
  const who = pid === undefined ? 'another process' : `the process ${pid}`
  const message = `The data directory ${dataDirectory} is in use by ${who}: stop it first, or choose another directory with --data`
  return new ClusterError('OWNED', message)
}
