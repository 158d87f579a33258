import { Worker } from 'node:worker_threads'
import type { JobAnswer, JobMessage } from './jobs.ts'

/** One thread of the judge. It does a job at a time, and is of no more use once it has ended. */
export interface JudgeThread {
  /** Does a job. @throws Error when the job or the thread fails */
  ask(job: JobMessage): Promise<unknown>
  readonly hasEnded: boolean
  end(): Promise<void>
}

/** More than this and a job fails, not the process. */
const memoryLimitMb = 2_048

/** Starts a thread. While it has no job it does not keep the process alive. */
export function startJudgeThread(): JudgeThread {
  const worker = new Worker(new URL('./judge-worker.ts', import.meta.url), {
    execArgv: [],
    resourceLimits: { maxOldGenerationSizeMb: memoryLimitMb },
  })
  let hasEnded = false
  let current: PromiseWithResolvers<unknown> | undefined
  const fail = (error: Error) => {
    hasEnded = true
    current?.reject(error)
  }
  worker.on('error', fail)
  worker.on('exit', () => fail(new Error("The judge's thread ended")))
  worker.on('message', (answer: JobAnswer) => {
    if ('output' in answer) current?.resolve(answer.output)
    else current?.reject(new Error(`The judge failed: ${answer.failure}`))
  })
  worker.unref()
  return {
    get hasEnded() {
      return hasEnded
    },
    async ask(job) {
      current = Promise.withResolvers()
      worker.ref()
      worker.postMessage(job)
      try {
        return await current.promise
      } finally {
        current = undefined
        worker.unref()
      }
    },
    end: async () => {
      hasEnded = true
      await worker.terminate()
    },
  }
}
