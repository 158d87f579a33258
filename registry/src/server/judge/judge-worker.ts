// The judge's thread: composing and comparing take seconds, in which a process answers nobody. One job at a time.
import { parentPort } from 'node:worker_threads'
import { type JobAnswer, type JobMessage, jobs } from './jobs.ts'

async function answer({ name, input }: JobMessage): Promise<JobAnswer> {
  try {
    const job = jobs[name] as (input: unknown) => unknown
    return { output: await job(input) }
  } catch (error) {
    return { failure: error instanceof Error ? (error.stack ?? error.message) : String(error) }
  }
}

const port = parentPort
port?.on('message', (message: JobMessage) => {
  void answer(message).then((outcome) => port.postMessage(outcome))
})
