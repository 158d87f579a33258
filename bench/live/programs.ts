import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { compile } from '../processes/compile.ts'

/** The files of the programs in C. */
export interface Programs {
  readonly subscribers: string
  readonly floor: string
}

const strict = ['-std=gnu11', '-Wall', '-Wextra', '-Werror', '-O2']

/** Builds the load and the floor in a folder. @throws Error elsewhere than on Linux, or without a C compiler */
export function buildPrograms(folder: string): Programs {
  if (process.platform !== 'linux')
    throw new Error('This bench works on Linux alone: it reads /proc and uses epoll.')
  const build = (name: string, parts: readonly string[]) => {
    const file = join(folder, name)
    const sources = [name, ...parts].map((part) =>
      fileURLToPath(new URL(`native/${part}.c`, import.meta.url)),
    )
    compile([...strict, '-o', file, ...sources])
    return file
  }
  return {
    subscribers: build('subscribers', ['common', 'lag', 'web-socket']),
    floor: build('floor', ['common', 'web-socket']),
  }
}
