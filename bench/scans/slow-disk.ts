import { chmodSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { compile } from '../processes/compile.ts'

/** What `--slow-disk` adds to each fdatasync, in microseconds. */
export const slowDiskMicros = 2000

/**
 * Builds what makes fdatasync slow and answers its file, for LD_PRELOAD.
 * @throws Error where it cannot be built: elsewhere than on Linux, or without a C compiler
 */
export function buildSlowDisk(folder: string): string {
  if (process.platform !== 'linux') throw new Error('--slow-disk works on Linux alone.')
  const library = join(folder, 'slow-fdatasync.so')
  const source = fileURLToPath(new URL('slow-fdatasync.c', import.meta.url))
  compile(['-shared', '-fPIC', '-O2', `-DDELAY_MICROS=${slowDiskMicros}`, '-o', library, source, '-ldl'])
  // Postgres may run as another account than the one that built it.
  chmodSync(library, 0o755)
  return library
}
