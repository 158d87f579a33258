import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Undoes something that a bench did; awaited. */
export type End = () => unknown

/** What a bench runs in. */
export interface Ground {
  /** A folder of its own, removed afterwards. */
  readonly folder: string
  /** What is to be undone when the bench ends in any way: the last thing first, one after the other. */
  atEnd(end: End): void
}

const SIGNALS = ['SIGINT', 'SIGTERM'] as const
/** What a shell gives to a program that Ctrl-C ended. */
const INTERRUPTED = 130

/** Runs a bench and undoes what it did, also when it fails or is interrupted by Ctrl-C or `kill`. */
export async function runBench(work: (ground: Ground) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'headcount-bench-'))
  // mkdtemp makes it for its user alone, but a Postgres started by root runs as another.
  chmodSync(folder, 0o711)
  const ends: End[] = [() => rmSync(folder, { recursive: true, force: true })]
  const { promise: interrupted, resolve: interrupt } = Promise.withResolvers<'interrupted'>()
  for (const signal of SIGNALS) process.on(signal, () => interrupt('interrupted'))
  try {
    const outcome = await Promise.race([work({ folder, atEnd: (end) => ends.push(end) }), interrupted])
    if (outcome === 'interrupted') process.exitCode = INTERRUPTED
  } finally {
    // The work that was interrupted goes on meanwhile and may add to them.
    for (let end = ends.pop(); end; end = ends.pop()) await tried(end)
  }
  // What is left of an interrupted work must not hold the process open.
  if (process.exitCode === INTERRUPTED) process.exit()
}

/** What cannot be undone is said, and the rest is undone. */
async function tried(end: End): Promise<void> {
  try {
    await end()
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`)
    process.exitCode = 1
  }
}
