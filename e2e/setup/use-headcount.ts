import { afterAll, afterEach, beforeAll } from 'vitest'
import { type Home, makeEmbeddedHome, makeHome } from './home.ts'
import { type Headcount, type StartOptions, startHeadcount } from './start-headcount.ts'

const TOLD_CHARACTERS = 6000

/** The platform of a suite. */
export interface UsedHeadcount {
  /** The one that runs. */
  readonly now: Headcount
  /** Says which one runs from here on, after a test has ended the last one. */
  replace(next: Headcount): void
}

/** How {@link useHeadcount} starts it. */
export interface UseOptions extends Omit<StartOptions, 'home'> {
  /** On databases of the test run's own Postgres (default), or on the Postgres that the platform brings. */
  readonly databases?: 'given' | 'embedded'
}

/**
 * Starts a platform for the tests of a suite and stops it after them, whatever became of them. What it printed
 * meanwhile stands below a test that fails.
 */
export function useHeadcount({ databases = 'given', ...options }: UseOptions): UsedHeadcount {
  let home: Home | undefined
  let running: Headcount | undefined
  let told = 0
  beforeAll(async () => {
    home = databases === 'given' ? await makeHome() : makeEmbeddedHome()
    running = await startHeadcount({ ...options, home })
  })
  afterEach(({ task }) => {
    const output = running?.output() ?? ''
    if (task.result?.state === 'fail' && output.length !== told) {
      process.stderr.write(`The platform of "${task.name}":\n${output.slice(told).slice(-TOLD_CHARACTERS)}\n`)
    }
    told = output.length
  })
  afterAll(async () => {
    await running?.stop().finally(() => home?.remove())
    if (!running) await home?.remove()
  })
  return {
    get now() {
      if (!running) throw new Error('The platform has not been started.')
      return running
    },
    replace(next) {
      running = next
    },
  }
}
