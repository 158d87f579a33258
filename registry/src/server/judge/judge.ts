import { RegistryProblem } from '../endpoint.ts'
import type { JobInput, JobMessage, JobOutput, Jobs } from './jobs.ts'
import { type JudgeThread, startJudgeThread } from './judge-thread.ts'

/** Composes and compares in a thread of its own, one job after the other. */
export interface Judge {
  /**
   * Does a job. @throws RegistryProblem UNAVAILABLE when too many wait or it takes too long; Error for a fault of ours
   */
  run<Name extends keyof Jobs>(name: Name, input: JobInput<Name>): Promise<JobOutput<Name>>
  /** Ends the thread; what waits is refused. */
  close(): Promise<void>
}

/** How patient a judge is. */
export interface JudgeOptions {
  /** Longest time of one job, in milliseconds; a thread that takes longer is ended. Default 60 s. */
  readonly deadlineMs?: number | undefined
  /** How many jobs may wait. Default 100. */
  readonly queueLimit?: number | undefined
  /** After how long without a job the thread ends, in milliseconds; the next job starts another. Default 60 s. */
  readonly idleMs?: number | undefined
  /** Told how long a job took, in seconds. */
  readonly onDone?: ((name: keyof Jobs, seconds: number) => void) | undefined
}

/** Makes a judge; its thread starts with the first job. */
export function createJudge(options: JudgeOptions = {}): Judge {
  const { deadlineMs = 60_000, queueLimit = 100, idleMs = 60_000, onDone } = options
  let thread: JudgeThread | undefined
  let last: Promise<unknown> = Promise.resolve()
  let waiting = 0
  let isClosed = false
  let idle: NodeJS.Timeout | undefined

  const end = async () => {
    const ending = thread
    thread = undefined
    await ending?.end()
  }
  const judge = async (job: JobMessage) => {
    waiting -= 1
    if (isClosed) throw stopping()
    clearTimeout(idle)
    if (!thread || thread.hasEnded) thread = startJudgeThread()
    const start = performance.now()
    try {
      return await within(deadlineMs, thread.ask(job))
    } catch (error) {
      // Whatever a thread is left in after that, the next job has another.
      await end()
      throw isClosed ? stopping() : error
    } finally {
      onDone?.(job.name, (performance.now() - start) / 1000)
      idle = setTimeout(() => void end(), idleMs).unref()
    }
  }
  return {
    run<Name extends keyof Jobs>(name: Name, input: JobInput<Name>) {
      if (isClosed) return Promise.reject(stopping())
      if (waiting >= queueLimit) return Promise.reject(tooMany())
      waiting += 1
      const done = last.then(() => judge({ name, input }))
      last = done.catch(() => {})
      return done as Promise<JobOutput<Name>>
    },
    async close() {
      isClosed = true
      clearTimeout(idle)
      await end()
    },
  }
}

async function within<T>(deadlineMs: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(tooLong(deadlineMs)), deadlineMs)
  })
  try {
    return await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
    work.catch(() => {})
  }
}

function tooMany(): RegistryProblem {
  return new RegistryProblem('UNAVAILABLE', 'Too many schemas wait to be composed; try again in a minute.')
}

function tooLong(deadlineMs: number): RegistryProblem {
  return new RegistryProblem(
    'UNAVAILABLE',
    `Composing took longer than ${deadlineMs / 1000} s and was given up; nothing was stored.`,
  )
}

function stopping(): RegistryProblem {
  return new RegistryProblem('UNAVAILABLE', 'The registry is stopping; try again in a moment.')
}
