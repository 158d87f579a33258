import { spawnSync } from 'node:child_process'

/** Runs the C compiler with these words. @throws Error that shows what it said, or that there is none */
export function compile(words: readonly string[]): void {
  const { status, stderr, error } = spawnSync('cc', words, { encoding: 'utf8' })
  if (error) throw new Error('This needs a C compiler, `cc`.', { cause: error })
  if (status !== 0) throw new Error(`cc ${words.join(' ')}:\n${stderr}`)
}
