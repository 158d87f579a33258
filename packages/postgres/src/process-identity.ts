import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, readlinkSync } from 'node:fs'
import { basename } from 'node:path'

/**
 * What tells this run of a process from a later process with the same id: the boot of the machine and the
 * start of the process. Undefined when no such process lives.
 */
export function processIdentity(pid: number): string | undefined {
  if (!existsSync('/proc/self/stat')) {
    const started = ps(pid, 'lstart')
    return started === '' ? undefined : started
  }
  const stat = processStat(pid)
  return stat && stat.state !== 'Z' ? `${bootId()}/${stat.startTicks}` : undefined
}

/** Whether the process lives; one that has ended and only waits to be reaped does not. */
export function isAlive(pid: number): boolean {
  return processIdentity(pid) !== undefined
}

/** Whether the process is a Postgres server that works on this data folder. */
export function isPostgresOn(pid: number, folder: string): boolean {
  if (!existsSync('/proc/self/stat')) return ps(pid, 'args').includes(folder)
  try {
    // The postmaster makes its data folder its working directory.
    return basename(commandOf(pid)) === 'postgres' && readlinkSync(`/proc/${pid}/cwd`) === folder
  } catch {
    return false
  }
}

function commandOf(pid: number): string {
  return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0')[0] ?? ''
}

function processStat(pid: number): { state: string; startTicks: string } | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // The second field is the name in parentheses and may hold blanks: count from behind it. proc(5)
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return { state: fields[0] ?? '', startTicks: fields[19] ?? '' }
  } catch {
    return undefined
  }
}

function bootId(): string {
  return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()
}

function ps(pid: number, column: string): string {
  const { stdout } = spawnSync('ps', ['-p', String(pid), '-o', `${column}=`], { encoding: 'utf8' })
  return (stdout ?? '').trim()
}
