import { readdirSync, readFileSync } from 'node:fs'

/** What a program and all below it have used. */
export interface ServerUsage {
  /** Time on a core of all threads, in microseconds, as the scheduler counts it: to the nanosecond, not by ticks. */
  readonly cpuMicros: number
  /** Resident memory, in bytes. */
  readonly residentBytes: number
}

/** Of a program and all that it started. Threads that have ended count no more. */
export function serverUsage(pid: number): ServerUsage {
  const own = usageOf(pid)
  return childrenOf(pid)
    .map(serverUsage)
    .reduce(
      (sum, one) => ({
        cpuMicros: sum.cpuMicros + one.cpuMicros,
        residentBytes: sum.residentBytes + one.residentBytes,
      }),
      own,
    )
}

/** The first number of a schedstat is time on a core, in nanoseconds. @throws Error where there is none */
export function runMicros(schedstat: string): number {
  const micros = Number.parseInt(schedstat, 10) / 1000
  if (Number.isNaN(micros)) throw new Error(`This is no schedstat: "${schedstat}"`)
  return micros
}

function usageOf(pid: number): ServerUsage {
  const threads = listed(`/proc/${pid}/task`).map((thread) => read(`/proc/${pid}/task/${thread}/schedstat`))
  const resident = /^VmRSS:\s+(\d+) kB/m.exec(read(`/proc/${pid}/status`))
  return {
    cpuMicros: threads.reduce((sum, text) => sum + (text === '' ? 0 : runMicros(text)), 0),
    residentBytes: Number(resident?.[1] ?? 0) * 1024,
  }
}

function childrenOf(pid: number): number[] {
  const threads = listed(`/proc/${pid}/task`)
  const texts = threads.map((thread) => read(`/proc/${pid}/task/${thread}/children`))
  return texts.flatMap((text) => text.split(' ').filter(Boolean).map(Number))
}

/** Empty for what has just ended. */
function read(file: string): string {
  try {
    return readFileSync(file, 'latin1')
  } catch {
    return ''
  }
}

function listed(folder: string): string[] {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}
