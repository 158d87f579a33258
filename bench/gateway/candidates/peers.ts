import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const source = fileURLToPath(new URL('../peers/', import.meta.url))
const cache = fileURLToPath(new URL('../../../.headcount/bench-peers/', import.meta.url))
const STAMP = 'installed'

/**
 * The folder with the peers' packages, installed from their lock file the first time (about 700 MB); without their install
 * scripts.
 */
export function installPeers(): string {
  const lock = readFileSync(join(source, 'package-lock.json'))
  const folder = join(cache, createHash('sha256').update(lock).digest('hex').slice(0, 12))
  if (existsSync(join(folder, STAMP))) return folder
  process.stderr.write(`Installing the peers into ${folder} …\n`)
  mkdirSync(folder, { recursive: true })
  for (const file of ['package.json', 'package-lock.json'])
    copyFileSync(join(source, file), join(folder, file))
  execFileSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], {
    cwd: folder,
    stdio: ['ignore', 'ignore', 'inherit'],
    // The peers ask for the Node that runs them, which is this one.
    env: { ...process.env, PATH: `${dirname(process.execPath)}${delimiter}${process.env['PATH'] ?? ''}` },
  })
  writeFileSync(join(folder, STAMP), '')
  return folder
}

/** The version of a package that is installed there. */
export function versionOf(folder: string, name: string): string {
  const text = readFileSync(join(folder, 'node_modules', name, 'package.json'), 'utf8')
  return (JSON.parse(text) as { version: string }).version
}
