import { setTimeout as sleep } from 'node:timers/promises'
import { type Ending, type Launched, type LaunchOptions, launch } from './launch.ts'

const READY_MS = 90_000
const STOP_MS = 40_000

/** A program of `headcount` that is ready. */
export interface StartedProgram extends Launched {
  /** What the pattern found in what it printed. */
  readonly ready: RegExpExecArray
  /** Ctrl-C; resolves when it has ended. */
  stop(): Promise<Ending>
}

/** Starts `headcount` and resolves when it prints what says that it is ready. */
export async function startProgram(options: LaunchOptions, pattern: RegExp): Promise<StartedProgram> {
  const launched = launch(options)
  const name = `headcount ${options.words[0]}`
  const { output, ended, isRunning, signalGroup } = launched
  const until = performance.now() + READY_MS
  let ready = pattern.exec(output())
  while (ready === null) {
    if (!isRunning()) throw new Error(`${name} did not start:\n${output()}`)
    if (performance.now() > until) {
      signalGroup('SIGKILL')
      throw new Error(`${name} is not ready after ${READY_MS / 1000} s:\n${output()}`)
    }
    await sleep(20)
    ready = pattern.exec(output())
  }
  return {
    ...launched,
    ready,
    async stop() {
      signalGroup('SIGINT')
      const isGone = await Promise.race([ended, sleep(STOP_MS, undefined, { ref: false })])
      if (isGone) return isGone
      signalGroup('SIGKILL')
      throw new Error(`${name} has not stopped after ${STOP_MS / 1000} s:\n${output().slice(-4000)}`)
    },
  }
}
