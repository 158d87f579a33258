import { type ChildProcess, spawn } from 'node:child_process'
import { join } from 'node:path'

const VITEST = join(import.meta.dirname, '../../node_modules/vitest/vitest.mjs')
const FIXTURES = join(import.meta.dirname, 'fixtures')
const CONFIG = join(FIXTURES, 'vitest.config.ts')

/** A vitest run over one of the fixtures. */
export interface FixtureRun {
  process: ChildProcess
  /** Everything it has printed so far. */
  output(): string
  /** Resolves when it has ended, with its exit code (null after a signal). */
  ended: Promise<number | null>
}

/** Starts vitest over `fixtures/<name>.fixture.ts` with the count reporter. */
export function runFixture(name: string, env: Record<string, string | undefined> = {}): FixtureRun {
  // A run within a run: nothing of the outer one may reach it.
  const outer = Object.entries(process.env).filter(([key]) => !/^(VITEST|CI$|HEADCOUNT_TEST)/.test(key))
  const command = [VITEST, 'run', '--config', CONFIG, '--root', FIXTURES, `${name}.fixture.ts`]
  const child = spawn(process.execPath, command, {
    cwd: FIXTURES,
    env: { ...Object.fromEntries(outer), NO_COLOR: '1', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk) => {
      output += chunk
    })
  }
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve))
  return { process: child, output: () => output, ended }
}
