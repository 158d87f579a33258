import { flagOption, numberOption, type Option, textOption } from './option.ts'

/** `--rounds`: how often each pair is measured. */
export const rounds = (fallback: number): Option<number> =>
  numberOption('rounds', 'measured runs of each pair, of which the median counts; one more before warms up', {
    fallback,
    minimum: 1,
    maximum: 100,
    isWhole: true,
  })

/** `--seconds`: how long a run is. `wrk` takes whole ones alone. */
export const seconds = (fallback: number, isWhole = false): Option<number> =>
  numberOption('seconds', 'length of a run', {
    fallback,
    minimum: isWhole ? 1 : 0.1,
    maximum: 600,
    isWhole,
  })

/** `--connections`: each with one request under way. */
export const connections = (fallback: number): Option<number> =>
  numberOption('connections', 'connections, each with one request under way', {
    fallback,
    minimum: 1,
    maximum: 1000,
    isWhole: true,
  })

/** `--profile`: a CPU profile of what is measured. */
export const profile = (what: string): Option<string | undefined> =>
  textOption(
    'profile',
    'FOLDER',
    `a CPU profile of ${what} goes there, for Chrome's developer tools; figures are lower then`,
  )

/** `--no-file`, which every bench has. */
export const noFile: Option<boolean> = flagOption('no-file', 'show the result, write none to bench/results/')
