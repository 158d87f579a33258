import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { expect, vi } from 'vitest'
import { atEnd } from './http1-calls.ts'

const program = fileURLToPath(new URL('../../platform/src/main.ts', import.meta.url))

/** `headcount gateway` with these words, in a folder, and what it said. */
export function run(folder: string, ...words: readonly string[]) {
  const child: ChildProcess = spawn(process.execPath, [program, 'gateway', ...words], {
    cwd: folder,
    env: { PATH: process.env.PATH ?? '', HEADCOUNT_REGISTRY_TOKEN: 'of the environment' },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const isOver = () => child.exitCode !== null || child.signalCode !== null
  const kill = async () => {
    if (isOver()) return
    child.kill('SIGKILL')
    await once(child, 'exit')
  }
  atEnd(kill)
  let text = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk) => {
      text += chunk
    })
  }
  return {
    child,
    kill,
    output: () => text,
    exit: once(child, 'exit'),
    /** The address of GraphQL, once it serves. */
    async url(): Promise<string> {
      await vi.waitFor(
        () => {
          if (isOver()) throw new Error(text)
          expect(text).toMatch(/Gateway at \S+/)
        },
        { timeout: 30_000, interval: 50 },
      )
      return /Gateway at (\S+)/.exec(text)?.[1] ?? ''
    },
  }
}
