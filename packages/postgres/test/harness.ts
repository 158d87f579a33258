import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import pg from 'pg'
import { removeCluster } from '../src/index.ts'

/** What `owner-process.ts` prints. */
export interface OwnerReport {
  isAdopted?: boolean
  url?: string
  code?: string
  message?: string
}

/** Runs `work` with a new data directory; afterwards ends what still runs on it and deletes everything. */
export async function withDataDirectory(work: (dataDirectory: string) => Promise<void>): Promise<void> {
  const dataDirectory = mkdtempSync(join(tmpdir(), 'headcount-cluster-test-'))
  chmodSync(dataDirectory, 0o711)
  try {
    await work(dataDirectory)
  } finally {
    // A test that failed may have left an owner, this process among them.
    rmSync(join(dataDirectory, 'owner.json'), { force: true })
    removeCluster(dataDirectory)
    rmSync(dataDirectory, { recursive: true, force: true })
  }
}

/** Starts a process that owns the cluster of a data directory, in a process group of its own. */
export async function spawnOwner(dataDirectory: string, account: { uid?: number; gid?: number } = {}) {
  const script = join(import.meta.dirname, 'owner-process.ts')
  const owner = spawn(process.execPath, [script, dataDirectory], {
    ...account,
    cwd: '/',
    detached: true,
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const [line] = await once(createInterface({ input: owner.stdout }), 'line')
  return { owner, report: JSON.parse(line) as OwnerReport }
}

/** Signals the whole process group of an owner, as a terminal does on Ctrl-C, and waits for the end of the owner. */
export async function end(owner: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  const exited = once(owner, 'exit')
  process.kill(-(owner.pid ?? 0), signal)
  await exited
}

/** Sends one statement. */
export async function query(url: string | undefined, sql: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url })
  client.on('error', () => {})
  await client.connect()
  try {
    return (await client.query(sql)).rows
  } finally {
    await client.end()
  }
}

/** The process id in `postmaster.pid`. */
export function serverPid(folder: string): number {
  return Number.parseInt(readFileSync(join(folder, 'postmaster.pid'), 'utf8'), 10)
}
