import { access, constants } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { catalogue, type ServerName } from './catalogue.ts'
import { readServersConfig, type ServersConfig } from './config.ts'
import { runCommand } from './run-command.ts'

/** An executable that runs on this machine. */
export interface FoundServer {
  path: string
  /** As it tells itself, e.g. `2.15.1`. */
  version: string
}

/**
 * Looks for a server: on `PATH`, then among those that `fetchServers` has brought. One that does not run
 * here or is too old is passed over. Undefined where there is none.
 */
export async function findServer(
  name: ServerName,
  config: ServersConfig = readServersConfig(),
): Promise<FoundServer | undefined> {
  const { executables } = catalogue[name]
  const paths = executables.flatMap((executable) =>
    config.searchPath.map((folder) => join(folder, executable)),
  )
  for (const path of [...paths, cachedPath(name, config)]) {
    const found = await probeServer(name, path)
    if (found) return found
  }
  return undefined
}

/** Where a fetched server lies. The name holds the wheel's version, so that a newer pin is fetched anew. */
export function cachedPath(name: ServerName, config: ServersConfig): string {
  return join(config.cacheDirectory, catalogue[name].wheel.version, name)
}

/** The server at the path, if it runs and is new enough. */
export async function probeServer(name: ServerName, path: string): Promise<FoundServer | undefined> {
  try {
    await access(path, constants.X_OK)
  } catch {
    return undefined
  }
  const { code, output } = await runCommand(path, ['--version'], { deadlineMs: 10_000 })
  const version = /\bv=?(\d+\.\d+\.\d+)/.exec(output)?.[1]
  if (code !== 0 || version === undefined) return undefined
  return isNewEnough(version, catalogue[name].oldest[basename(path)]) ? { path, version } : undefined
}

function isNewEnough(version: string, oldest: readonly [number, number] | undefined): boolean {
  if (!oldest) return true
  const [major = 0, minor = 0] = version.split('.').map(Number)
  return major > oldest[0] || (major === oldest[0] && minor >= oldest[1])
}
