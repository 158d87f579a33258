import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { basename } from 'node:path'
import type { Usage } from './message.ts'

interface Entry extends Usage {
  readonly name: string
  readonly pid: number
  readonly parent: number
}

/** Linux counts processors' time in hundredths of a second wherever Node runs. */
const TICK_MICROS = 10_000
const PAGE_BYTES = 4096

/** What a program has used. */
export interface TreeUsage extends Usage {
  /** Memory of its largest process, in bytes. */
  readonly largestResidentBytes: number
}

/**
 * What a process and all below it have used: time of those that run or were waited for, memory of those that run. Programs
 * of the names left out do not count.
 */
export function treeUsage(root: number, leftOut: readonly string[] = []): TreeUsage {
  const entries = process.platform === 'linux' ? linuxEntries() : otherEntries()
  const pids = new Set([root])
  // A child is mostly listed after its parent, but pids start again from the bottom.
  for (let size = 0; size !== pids.size; ) {
    size = pids.size
    for (const { pid, parent } of entries) if (pids.has(parent)) pids.add(pid)
  }
  const own = entries.filter(({ pid, name }) => pids.has(pid) && !leftOut.includes(name))
  return {
    cpuMicros: own.reduce((sum, { cpuMicros }) => sum + cpuMicros, 0),
    residentBytes: own.reduce((sum, { residentBytes }) => sum + residentBytes, 0),
    largestResidentBytes: Math.max(0, ...own.map(({ residentBytes }) => residentBytes)),
  }
}

function linuxEntries(): Entry[] {
  return readdirSync('/proc').flatMap((pid) => {
    if (!/^\d+$/.test(pid)) return []
    const text = readStat(pid)
    if (text === '') return []
    // The name in brackets may hold anything. After it: state, parent, … (proc(5)).
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
    const at = (number: number) => Number(fields[number - 3])
    const ticks = at(14) + at(15) + at(16) + at(17)
    const name = text.slice(text.indexOf('(') + 1, text.lastIndexOf(')'))
    const residentBytes = at(24) * PAGE_BYTES
    return [{ pid: Number(pid), name, parent: at(4), cpuMicros: ticks * TICK_MICROS, residentBytes }]
  })
}

/** Empty for a process that has just ended. */
function readStat(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'latin1')
  } catch {
    return ''
  }
}

function otherEntries(): Entry[] {
  const lines = execFileSync('ps', ['-A', '-o', 'pid=,ppid=,rss=,time=,comm='], { encoding: 'utf8' }).split(
    '\n',
  )
  return lines.flatMap((line) => {
    const [pid, parent, kilobytes, time, ...name] = line.trim().split(/\s+/)
    if (time === undefined) return []
    const seconds = time.split(':').reduce((sum, part) => sum * 60 + Number(part), 0)
    const cpuMicros = seconds * 1_000_000
    return [
      {
        pid: Number(pid),
        parent: Number(parent),
        cpuMicros,
        residentBytes: Number(kilobytes) * 1024,
        name: basename(name.join(' ')),
      },
    ]
  })
}
