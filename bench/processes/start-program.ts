import { type ChildProcess, spawn } from 'node:child_process'
import { type TreeUsage, treeUsage } from './tree-usage.ts'

/** A command of any kind. */
export interface Program {
  readonly command: string
  readonly words: readonly string[]
  /** Added to this process's own environment. */
  readonly environment?: Readonly<Record<string, string>>
  readonly folder?: string
}

/** A program that runs. */
export interface RunningProgram {
  readonly pid: number
  usage(): TreeUsage
  /** Rejects when the program ends before the work does, and shows its last words. */
  during<Value>(work: Promise<Value>): Promise<Value>
  /** Asks it to end, and ends it after 15 s. */
  stop(): Promise<void>
}

const STOP_MS = 15_000
const KEPT_CHARACTERS = 4000

/** Starts a program behind a prefix such as `taskset -c 0`. */
export function startProgram(program: Program, prefix: readonly string[] = []): RunningProgram {
  const [command = program.command, ...words] = [...prefix, program.command, ...program.words]
  const child = spawn(command, words, {
    cwd: program.folder,
    env: { ...process.env, ...program.environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const lastWords = keepLastWords(child)
  const stopped = new Promise<void>((resolve) => child.once('close', () => resolve()))
  const ended = new Promise<never>((_resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code, signal) =>
      reject(new Error(`${program.command} ended (${signal ?? code}):\n${lastWords()}`)),
    )
  })
  // It may end when nobody waits for it.
  ended.catch(() => {})
  const isRunning = () => child.exitCode === null && child.signalCode === null && child.pid !== undefined
  const endAtExit = () => isRunning() && child.kill('SIGKILL')
  process.once('exit', endAtExit)
  child.once('close', () => process.off('exit', endAtExit))
  return {
    pid: child.pid ?? 0,
    usage: () => treeUsage(child.pid ?? 0),
    during: (work) => Promise.race([work, ended]),
    async stop() {
      if (!isRunning()) return
      child.kill('SIGTERM')
      const timer = setTimeout(() => child.kill('SIGKILL'), STOP_MS)
      await stopped
      clearTimeout(timer)
    },
  }
}

function keepLastWords({ stdout, stderr }: ChildProcess): () => string {
  let text = ''
  for (const stream of [stdout, stderr]) {
    stream?.setEncoding('utf8').on('data', (part: string) => {
      text = (text + part).slice(-KEPT_CHARACTERS)
    })
  }
  return () => text
}
