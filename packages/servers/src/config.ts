import { homedir } from 'node:os'
import { join } from 'node:path'

/** What this package takes from the environment. */
export interface ServersConfig {
  /** The folders in which executables are looked for, in order: `PATH`. */
  searchPath: readonly string[]
  /** Where fetched servers are kept: `$XDG_CACHE_HOME/headcount/servers`, default below `~/.cache`. */
  cacheDirectory: string
  /** Whether a continuous integration runs this (`CI=true`): there, what is missing is a failure. */
  isCi: boolean
  /** What pip is started with: the whole environment, with pip's questions turned off. */
  pipEnvironment: Readonly<NodeJS.ProcessEnv>
}

/** Reads the environment. */
export function readServersConfig(env: NodeJS.ProcessEnv = process.env): ServersConfig {
  const cache = env.XDG_CACHE_HOME || join(homedir(), '.cache')
  return {
    searchPath: (env.PATH ?? '').split(':').filter((folder) => folder !== ''),
    cacheDirectory: join(cache, 'headcount', 'servers'),
    isCi: env.CI === 'true',
    pipEnvironment: {
      ...env,
      PIP_DISABLE_PIP_VERSION_CHECK: '1',
      PIP_NO_INPUT: '1',
      PIP_REQUIRE_VIRTUALENV: '0',
    },
  }
}
