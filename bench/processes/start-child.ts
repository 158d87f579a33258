import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { Answer, Question } from './message.ts'

/** A program of the bench in a process of its own. */
export interface Child {
  /** Asks it; rejects with what it threw, or when it ended. */
  ask<Value>(name: string, argument?: unknown): Promise<Value>
  /** Lets it end by itself; ends it after 20 s. */
  stop(): Promise<void>
}

const STOP_MS = 20_000

/** Where its CPU profile goes; undefined = none is taken. */
export type ProfileFolder = string | undefined

/** Starts a program that calls `answerParent`. It ends with this process, however that ends. */
export function startChild(file: URL, profileFolder?: ProfileFolder): Child {
  const profile = profileFolder ? ['--cpu-prof', `--cpu-prof-dir=${profileFolder}`] : []
  const child = fork(fileURLToPath(file), [], {
    execArgv: profile,
    serialization: 'advanced',
    env: { ...process.env, APOLLO_TELEMETRY_DISABLED: '1' },
  })
  const waiting = new Map<number, { resolve: (value: unknown) => void; reject: (error: Error) => void }>()
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  child.on('message', (answer: Answer) => {
    const asked = waiting.get(answer.id)
    waiting.delete(answer.id)
    if ('error' in answer) asked?.reject(new Error(answer.error))
    else asked?.resolve(answer.value)
  })
  child.once('exit', (code, signal) => {
    for (const { reject } of waiting.values()) reject(new Error(`${file.pathname} ended: ${signal ?? code}`))
    waiting.clear()
  })
  let lastId = 0
  return {
    ask: <Value>(name: string, argument?: unknown) =>
      new Promise<Value>((resolve, reject) => {
        const question: Question = { id: ++lastId, name, argument }
        waiting.set(question.id, { resolve: (value) => resolve(value as Value), reject })
        child.send(question)
      }),
    async stop() {
      if (child.connected) child.disconnect()
      const timer = setTimeout(() => child.kill('SIGKILL'), STOP_MS)
      await gone
      clearTimeout(timer)
    },
  }
}
