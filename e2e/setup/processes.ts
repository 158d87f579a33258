import { readdirSync, readFileSync, readlinkSync } from 'node:fs'

/** A living process of a platform. */
export interface PlatformProcess {
  readonly pid: number
  /** Its words, joined by blanks. */
  readonly command: string
}

/** Whether processes can be looked through here: by /proc, so on Linux alone. */
export const canSeeProcesses = process.platform === 'linux'

/**
 * The living processes that belong to a home: those that carry its mark in their environment, those that have one of
 * its folders among their words, and what these have started.
 */
export function processesOf(mark: string, folders: readonly string[]): PlatformProcess[] {
  if (!canSeeProcesses) return []
  const all = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((name) => readProcess(Number(name)))
    .filter((found) => found !== undefined)
  const belongs = (found: Found) =>
    found.environment.includes(mark) || folders.some((folder) => found.command.includes(folder))
  const pids = new Set(all.filter(belongs).map(({ pid }) => pid))
  for (let before = -1; before !== pids.size; ) {
    before = pids.size
    for (const { pid, parent } of all) if (pids.has(parent)) pids.add(pid)
  }
  return all.filter(({ pid }) => pids.has(pid)).map(({ pid, command }) => ({ pid, command }))
}

interface Found extends PlatformProcess {
  readonly parent: number
  readonly environment: string
}

/** Undefined for one that has just gone, is a zombie, or is another user's. */
function readProcess(pid: number): Found | undefined {
  const read = (name: string) => readFileSync(`/proc/${pid}/${name}`, 'utf8')
  try {
    // https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html: after the name in brackets, state and parent.
    const [state, parent] = read('stat')
      .replace(/^.*\) /s, '')
      .split(' ')
    if (state === 'Z') return undefined
    const command = read('cmdline').replaceAll('\0', ' ').trim()
    return { pid, command, parent: Number(parent), environment: readOr('', () => read('environ')) }
  } catch {
    return undefined
  }
}

function readOr(otherwise: string, read: () => string): string {
  try {
    return read()
  } catch {
    return otherwise
  }
}

/** The TCP ports that processes listen at. */
export function portsOf(processes: readonly PlatformProcess[]): number[] {
  return [...new Set(ownPorts(processes, LISTENING))]
}

/** How many open connections at a TCP port a process holds. */
export function connectionsOf(one: PlatformProcess, port: number): number {
  return ownPorts([one], ESTABLISHED).filter((own) => own === port).length
}

// https://docs.kernel.org/networking/proc_net_tcp.html
const ESTABLISHED = '01'
const LISTENING = '0A'

/** The local ports of the TCP sockets that processes hold in a state, one a socket. */
function ownPorts(processes: readonly PlatformProcess[], wanted: string): number[] {
  const ports = new Map<string, number>()
  for (const table of ['tcp', 'tcp6']) {
    for (const line of readOr('', () => readFileSync(`/proc/net/${table}`, 'utf8')).split('\n')) {
      const [, address = '', , state, , , , , , inode = ''] = line.trim().split(/\s+/)
      if (state === wanted) ports.set(`socket:[${inode}]`, Number.parseInt(address.split(':')[1] ?? '', 16))
    }
  }
  const sockets = processes.flatMap(({ pid }) => openFiles(pid))
  return sockets.flatMap((socket) => ports.get(socket) ?? [])
}

function openFiles(pid: number): string[] {
  const folder = `/proc/${pid}/fd`
  try {
    return readdirSync(folder).map((descriptor) => readOr('', () => readlinkSync(`${folder}/${descriptor}`)))
  } catch {
    return []
  }
}
